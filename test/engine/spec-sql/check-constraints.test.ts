import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../lib/engine/spec-sql/check-constraints.ts';
import { aSpec } from '../a-spec.ts';

const columns = [
  { name: 'low', type: 'integer' },
  { name: 'high', type: 'integer' },
  { name: 'tail', type: 'string' },
];
const issuesOf = (fields: object) =>
  checkConstraints(aSpec({ columns, constraints: [{ id: 'one', ...fields }] }));

describe('checkConstraints', () => {
  it.each([
    'low < high',
    'input.low IS NULL OR low BETWEEN 0 AND 9 -- fine',
    "tail LIKE 'N%' AND length(tail) < 7",
  ])('takes %s', async (sql) => {
    expect(await issuesOf({ kind: 'sql', sql })).toEqual([]);
  });

  it.each([
    ['low', 'is a BIGINT, wanted a boolean'],
    ['low <', 'syntax error'],
    ['low < 1) AS a, (high', 'must be one expression, got 2'],
    ['low < 1) AS holds FROM input WHERE (true', 'syntax error'],
    ['low < 1; DROP TABLE input', 'syntax error'],
    ['nope < 1', 'names an unknown column nope'],
    ['sum(low) > 1', 'uses sum, which is not among'],
    ['random() < 0.5', 'uses random, which is not among'],
    ["low IN (SELECT 1 FROM read_csv('/etc/passwd'))", 'uses a subquery'],
    ['late', 'names an unknown column late'],
    ['TRY(low < 1)', 'uses the operator OPERATOR_TRY'],
  ])('refuses %s with the path', async (sql, message) => {
    const issues = await issuesOf({ kind: 'sql', sql });
    expect(issues).toMatchObject([{ path: 'schema.constraints.0.sql' }]);
    expect(issues[0]?.message).toContain(message);
  });

  it('lets a condition of training name the label', async () => {
    expect(await issuesOf({ kind: 'sql', sql: 'late OR low > 1', environments: ['training'] })).toEqual([]);
  });

  it('refuses a pattern that is no regular expression', async () => {
    expect(await issuesOf({ kind: 'pattern', column: 'tail', pattern: 'N[0-9]+' })).toEqual([]);
    expect(await issuesOf({ kind: 'pattern', column: 'tail', pattern: 'N[0-9' })).toMatchObject([
      { path: 'schema.constraints.0.pattern', message: expect.stringContaining('missing ]') },
    ]);
  });
});
