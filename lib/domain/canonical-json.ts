import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { InvalidInputError } from './errors.ts';

/**
 * A value as RFC 8785 canonical JSON: one text for one value, whatever the order of its keys.
 * Keys whose value is undefined vanish, as they do on the wire.
 *
 * @throws InvalidInputError for what JSON cannot say: NaN, Infinity, undefined
 * @example canonicalJson({ b: 1, a: [2] }) // '{"a":[2],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, refuseNonFinite);
  const canonical = text === undefined ? undefined : canonicalize(JSON.parse(text));
  if (canonical === undefined)
    throw new InvalidInputError(`canonical JSON needs a JSON value, got ${typeof value}`);
  return canonical;
}

/**
 * SHA-256 in hex of a value's canonical JSON: the id of things that are named by their content.
 *
 * @example contentHash({}) // '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
 */
export function contentHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** SHA-256 in hex of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

// JSON.stringify would write them as null, and two different values would get one hash.
function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InvalidInputError(`canonical JSON needs finite numbers, got ${value} at "${key}"`);
  return value;
}
