import { z } from 'zod';
import type { ModelSpec } from '../spec.ts';

/** A column as a spec states it, or as data has it. */
export interface SchemaColumn {
  readonly name: string;
  /** The spec's type, or the type that files store; compared as words. */
  readonly type: string;
  /** Absent where nobody looked. */
  readonly nullable?: boolean;
}

/** The columns of a file, as they are kept beside its profile. */
export const fileSchema = z.array(z.object({ name: z.string(), type: z.string() }));

/** What changed from one schema to the next; empty lists where nothing did. */
export interface SchemaDiff {
  readonly added: readonly SchemaColumn[];
  readonly removed: readonly SchemaColumn[];
  readonly retyped: readonly { readonly column: string; readonly from: string; readonly to: string }[];
  /** Columns that may now be null, or may no longer. */
  readonly nullability: readonly { readonly column: string; readonly nullable: boolean }[];
  /** The fewest columns that would have to be moved, each with its place (from 0) before and now. */
  readonly reordered: readonly { readonly column: string; readonly from: number; readonly to: number }[];
}

/** The columns of a spec's schema. */
export function schemaOf({ schema }: ModelSpec): readonly SchemaColumn[] {
  return schema.columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
}

/**
 * What changed between two schemas. A renamed column is one removed and one added: nothing in a schema says that they are the same.
 *
 * @param before columns in order, names unique
 * @param after likewise
 * @example schemaDiff([{ name: 'a', type: 'number' }], [{ name: 'a', type: 'string' }]).retyped // [{ column: 'a', from: 'number', to: 'string' }]
 */
export function schemaDiff(before: readonly SchemaColumn[], after: readonly SchemaColumn[]): SchemaDiff {
  const old = new Map(before.map((column) => [column.name, column]));
  const names = new Set(after.map(({ name }) => name));
  const both = after.flatMap((now) => {
    const was = old.get(now.name);
    return was === undefined ? [] : [{ was, now }];
  });
  return {
    added: after.filter(({ name }) => !old.has(name)),
    removed: before.filter(({ name }) => !names.has(name)),
    retyped: both.flatMap(({ was, now }) =>
      was.type === now.type ? [] : [{ column: now.name, from: was.type, to: now.type }],
    ),
    nullability: both.flatMap(({ was, now }) =>
      was.nullable === undefined || now.nullable === undefined || was.nullable === now.nullable
        ? []
        : [{ column: now.name, nullable: now.nullable }],
    ),
    reordered: moved(before, after),
  };
}

/** Columns outside the longest run that kept its order. */
function moved(before: readonly SchemaColumn[], after: readonly SchemaColumn[]): SchemaDiff['reordered'] {
  const place = new Map(before.map(({ name }, i) => [name, i]));
  const kept = after.flatMap(({ name }, to) => {
    const from = place.get(name);
    return from === undefined ? [] : [{ column: name, from, to }];
  });
  const stays = longestIncreasing(kept.map(({ from }) => from));
  return kept.filter((_, i) => !stays.has(i));
}

/** Positions of a longest increasing subsequence, by patience sorting. */
function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, i) => {
    const at = tails.findIndex((tail) => (values[tail] as number) >= value);
    const pile = at < 0 ? tails.length : at;
    previous.push(pile === 0 ? -1 : (tails[pile - 1] as number));
    tails[pile] = i;
  });
  const found = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) found.add(i);
  return found;
}

/**
 * The schema of several objects together, in the order of the first; where they store a column as different types, both are named.
 *
 * @example mergeSchemas([{ name: 'a', type: 'BIGINT' }], [{ name: 'a', type: 'DOUBLE' }])[0]?.type // 'BIGINT or DOUBLE'
 */
export function mergeSchemas(
  a: readonly SchemaColumn[],
  b: readonly SchemaColumn[],
): readonly SchemaColumn[] {
  const other = new Map(b.map((column) => [column.name, column]));
  const merged = a.map((column) => {
    const types = new Set([
      ...column.type.split(' or '),
      ...(other.get(column.name)?.type.split(' or ') ?? []),
    ]);
    return { ...column, type: [...types].sort().join(' or ') };
  });
  const names = new Set(a.map(({ name }) => name));
  return [...merged, ...b.filter(({ name }) => !names.has(name))];
}
