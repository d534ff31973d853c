import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { InvalidInputError } from '../../domain/errors.ts';
import type { Head } from '../../domain/registry/head.ts';
import type { ItemKey, Write } from './registry.ts';
import { sk } from './sort-keys.ts';

export type Attributes = Record<string, AttributeValue>;

/** Index of what is listed across models; partition `kind`, sort `sortedAt`, projects everything. */
export const BY_KIND = 'byKind';

/**
 * A noun as a table item. The noun is one JSON text: DynamoDB's numbers hold fewer values than JSON's (1e300 is
 * refused), and a row-level example of bad data may be any of them. What conditions read is an attribute of its own.
 */
export function attributesOf(pk: string, write: Write): Attributes {
  return {
    ...keyOf(pk, write.sk),
    item: { S: JSON.stringify(write.item) },
    ...(write.kind && { kind: { S: write.kind } }),
    ...(write.sortedAt && { sortedAt: { S: write.sortedAt } }),
    ...(write.sk === sk.head && { seq: { N: String((write.item as Head).ledger.seq) } }),
  };
}

export function keyOf(pk: string, key: string): Attributes {
  return { pk: { S: pk }, sk: { S: key } };
}

/** Opaque to callers; the partition is never taken from it, so a cursor cannot lead into another model. */
export function cursorOf(item: Attributes): string {
  const parts = ['pk', 'sk', 'sortedAt'].map((name) => item[name]?.S ?? '');
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function readCursor(cursor: string): ItemKey & { readonly sortedAt: string } {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    const [pk, key, sortedAt] = Array.isArray(parts) ? (parts as unknown[]) : [];
    if (typeof pk === 'string' && typeof key === 'string' && typeof sortedAt === 'string')
      return { pk, sk: key, sortedAt };
  } catch {
    // Falls through to the one answer for every malformed cursor.
  }
  throw foreignCursor();
}

export function foreignCursor(): InvalidInputError {
  return new InvalidInputError('cursor must be one that this list answered, got another', {
    details: [{ path: 'cursor', message: 'is not one that this list answered' }],
  });
}
