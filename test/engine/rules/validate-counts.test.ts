import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateFile } from '../../../lib/engine/rules/validate.ts';
import { anEngine } from '../a-folder.ts';
import { aSpec } from '../a-spec.ts';

const { engine, path } = anEngine();

interface Row {
  readonly x: number | null;
  readonly n: number | null;
  readonly s: string | null;
}

/** Every rule said once more in plain code: true for a row that breaks it. */
const BROKEN: Readonly<Record<string, (row: Row) => boolean>> = {
  'x-range': ({ x }) => x !== null && Number.isFinite(x) && (x < -1 || x > 1),
  'x-floor': ({ x }) => x !== null && Number.isFinite(x) && x < 0,
  'x-there': ({ x }) => x === null,
  'n-range': ({ n }) => n !== null && n > 3,
  's-known': ({ s }) => s !== null && !['a', 'b'].includes(s),
  's-there': ({ s }) => s === null,
  's-shape': ({ s }) => s !== null && !/^[a-c]$/.test(s),
  's-long': ({ s }) => s !== null && s.length > 1,
  both: ({ x, n }) => x !== null && n !== null && !(n > x || Number.isNaN(x)) && !(n <= x && n > 2),
  cast: ({ s }) => s !== null && /^\d$/.test(s) && !(Number(s) > 1),
};

const CONSTRAINTS = [
  { id: 'x-range', kind: 'range', column: 'x', min: -1, max: 1 },
  { id: 'x-floor', kind: 'range', column: 'x', min: 0 },
  { id: 'x-there', kind: 'completeness', column: 'x' },
  { id: 'n-range', kind: 'range', column: 'n', max: 3 },
  { id: 's-known', kind: 'vocabulary', column: 's', values: ['a', 'b'] },
  { id: 's-there', kind: 'completeness', column: 's' },
  { id: 's-shape', kind: 'pattern', column: 's', pattern: '[a-c]' },
  { id: 's-long', kind: 'length', column: 's', max: 1 },
  { id: 'both', kind: 'sql', sql: 'n > x OR isnan(x) OR (n <= x AND n > 2)' },
  { id: 'cast', kind: 'sql', sql: 'TRY_CAST(s AS INTEGER) > 1' },
];

const spec = aSpec({
  columns: [
    { name: 'x', type: 'number', nullable: true },
    { name: 'n', type: 'integer', nullable: true },
    { name: 's', type: 'string', nullable: true },
  ],
  constraints: CONSTRAINTS,
});

const row = fc.record<Row>({
  x: fc.oneof(
    fc.constantFrom(null, -1, 0, 1, 1.5, -2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.double({ min: -2, max: 2, noNaN: true }),
  ),
  n: fc.constantFrom(null, 0, 1, 2, 3, 4),
  s: fc.constantFrom(null, 'a', 'b', 'c', 'd', 'aa', '', '1', '2'),
});

function sqlOf({ x, n, s }: Row, i: number): string {
  const number = x === null ? 'NULL' : `CAST('${x}' AS DOUBLE)`;
  return `('f${i}', TIMESTAMP '2013-01-01', ${number}, ${n ?? 'NULL'}, ${s === null ? 'NULL' : `'${s}'`}, true)`;
}

describe('the counts of row rules', () => {
  it.each([
    ['by value', 500],
    ['by row', 1],
  ])('are those of looking at each row, where texts are counted %s', async (_, copies) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const values = `(VALUES ${rows.map(sqlOf).join(', ')}) t(id, seen, x, n, s, late)`;
        const typed = `SELECT id, seen, CAST(x AS DOUBLE) AS x, CAST(n AS INTEGER) AS n, CAST(s AS VARCHAR) AS s, late FROM ${values}`;
        // Repeated, the texts are stored as numbers of a dictionary, and each is looked at once.
        await engine().copy(`SELECT t.* FROM (${typed}) t, range(${copies})`, path('rows.parquet'));
        const report = await validateFile(
          { file: path('rows.parquet'), objectKey: 'rows.parquet', spec },
          engine(),
        );
        for (const [id, isBroken] of Object.entries(BROKEN)) {
          const found = report.findings.filter(({ constraint }) => constraint === id);
          const counted = found.reduce((sum, finding) => sum + (finding.rows ?? 0), 0);
          const wanted = rows.filter(isBroken).length * copies;
          expect([id, counted]).toEqual([id, wanted]);
          expect(found.flatMap(({ examples }) => examples ?? []).length > 0).toBe(wanted > 0);
        }
      }),
      { numRuns: 12, seed: 42 },
    );
  });
});
