import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSchemas, type SchemaColumn, schemaDiff } from '../../../lib/domain/constraints/schema-diff.ts';

const columns = (...names: readonly string[]): readonly SchemaColumn[] =>
  names.map((name) => ({ name, type: 'number', nullable: false }));

describe('schemaDiff', () => {
  it('is empty for the same schema', () => {
    expect(Object.values(schemaDiff(columns('a', 'b'), columns('a', 'b'))).flat()).toEqual([]);
  });

  it('names what was added, removed, retyped and may be null now', () => {
    const after = [
      { name: 'a', type: 'string', nullable: false },
      { name: 'b', type: 'number', nullable: true },
      { name: 'd', type: 'number', nullable: false },
    ];
    expect(schemaDiff(columns('a', 'b', 'c'), after)).toEqual({
      added: columns('d'),
      removed: columns('c'),
      retyped: [{ column: 'a', from: 'number', to: 'string' }],
      nullability: [{ column: 'b', nullable: true }],
      reordered: [],
    });
  });

  it('moves as few columns as it takes', () => {
    expect(schemaDiff(columns('a', 'b', 'c', 'd'), columns('d', 'a', 'b', 'c')).reordered).toEqual([
      { column: 'd', from: 3, to: 0 },
    ]);
    expect(schemaDiff(columns('a', 'b', 'c'), columns('x', 'a', 'c')).reordered).toEqual([]);
  });

  it('says nothing of nulls where nobody looked', () => {
    expect(
      schemaDiff([{ name: 'a', type: 'x' }], [{ name: 'a', type: 'x', nullable: true }]).nullability,
    ).toEqual([]);
  });

  it('turns one schema into the other', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
    fc.assert(
      fc.property(names, names, (before, after) => {
        const diff = schemaDiff(columns(...before), columns(...after));
        const taken = new Set([...diff.removed.map((c) => c.name), ...diff.reordered.map((c) => c.column)]);
        const stay = before.filter((name) => !taken.has(name));
        const placed = new Set([...diff.added.map((c) => c.name), ...diff.reordered.map((c) => c.column)]);
        expect(after.filter((name) => !placed.has(name))).toEqual(stay);
      }),
    );
  });
});

describe('mergeSchemas', () => {
  it('names both types and keeps every column', () => {
    const merged = mergeSchemas(
      [{ name: 'a', type: 'BIGINT' }],
      [
        { name: 'b', type: 'VARCHAR' },
        { name: 'a', type: 'DOUBLE' },
      ],
    );
    expect(merged).toEqual([
      { name: 'a', type: 'BIGINT or DOUBLE' },
      { name: 'b', type: 'VARCHAR' },
    ]);
  });
});
