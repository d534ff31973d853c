import { describe, expect, it } from 'vitest';
import { keySet } from '../../../lib/domain/constraints/key-sets.ts';
import { ruleFinding } from '../../../lib/domain/constraints/row-rule.ts';
import { rowRules } from '../../../lib/domain/constraints/row-rules.ts';
import { wholeFindings } from '../../../lib/domain/constraints/whole-rules.ts';
import { settleFindings } from '../../../lib/domain/data/settle-findings.ts';
import { specSchema } from '../../../lib/domain/spec.ts';
import { aSpec } from '../../engine/a-spec.ts';

const columns = [
  { name: 'temp', type: 'number', max: 40 },
  { name: 'tail', type: 'string' },
];
const specWith = (...constraints: readonly object[]) => aSpec({ columns, constraints });
const constraintsOf = (environment: 'training' | 'serving', ...constraints: readonly object[]) =>
  rowRules(specWith(...constraints), environment).flatMap((rule) => rule.constraint ?? []);

describe('constraints in a spec', () => {
  it.each([
    ['a column that is not there', { kind: 'range', column: 'tmp', min: 0 }, ['column'], 'got tmp'],
    ['a range of texts', { kind: 'range', column: 'tail', min: 0 }, ['column'], 'tail is string'],
    ['a range without ends', { kind: 'range', column: 'temp' }, ['min'], 'got neither'],
    ['ends that are crossed', { kind: 'range', column: 'temp', min: 2, max: 1 }, ['max'], 'got 1'],
    ['a volume without limits', { kind: 'volume' }, ['minRows'], 'got neither'],
    [
      'the label in serving',
      { kind: 'completeness', column: 'late', environments: ['serving'] },
      ['environments'],
      'late',
    ],
    ['an unknown field', { kind: 'pattern', column: 'tail', pattern: 'N', max: 3 }, [], 'max'],
    ['an unknown kind', { kind: 'sorted', column: 'tail' }, ['kind'], ''],
  ])('are refused with the path of the error: %s', (_, fields, path, message) => {
    const spec = aSpec({ columns });
    const schema = { ...spec.schema, constraints: [{ id: 'one', ...fields }] };
    const issues = specSchema.safeParse({ ...spec, schema }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path)).toContainEqual(['schema', 'constraints', 0, ...path]);
    expect(issues.map((issue) => issue.message).join()).toContain(message);
  });

  it('are refused when two have one id', () => {
    const one = { id: 'one', kind: 'volume', minRows: 1 };
    expect(() => specWith(one, one)).toThrow('is listed twice: one');
  });

  it('bind where they say, and in serving only what a caller sends', () => {
    const here = { id: 'here', kind: 'pattern', column: 'tail', pattern: 'N.*', environments: ['training'] };
    const there = { id: 'there', kind: 'length', column: 'tail', max: 6, environments: ['serving'] };
    const label = { id: 'label', kind: 'completeness', column: 'late' };
    expect(constraintsOf('training', here, there, label)).toEqual(['here', 'label']);
    expect(constraintsOf('serving', here, there, label)).toEqual(['there']);
    expect(rowRules(specWith(), 'serving').map((rule) => rule.check.kind)).not.toContain('unreadable');
  });

  it('let a share of values be of another type', () => {
    const type = { id: 'mostly', kind: 'type', column: 'temp', tolerance: 0.1, severity: 'warning' };
    const [rule] = rowRules(specWith(type), 'training').filter((r) => r.column === 'temp');
    expect(rule).toMatchObject({ constraint: 'mostly', allowedShare: 0.1, severity: 'warning' });
  });
});

describe('ruleFinding', () => {
  const rule = rowRules(specWith(), 'training').find((r) => r.id === 'float-type-big-float');

  it('has count, rate, interval and sentence', () => {
    if (rule === undefined) throw new Error('the spec must have a maximum');
    expect(ruleFinding(rule, 0, 20)).toBeUndefined();
    const finding = ruleFinding(rule, 3, 20);
    expect(finding).toMatchObject({ rows: 3, share: 0.15, severity: 'error' });
    expect(finding?.interval?.[0]).toBeCloseTo(0.0524, 4);
    expect(finding?.message).toBe('column temp is above 40 in 3 of 20 rows (15 %), wanted none');
  });
});

describe('settleFindings by constraints', () => {
  const unique = { id: 'one-row', kind: 'unique', columns: ['tail'] };
  const report = (keys: readonly bigint[], to?: string) => ({
    rows: 10,
    findings: [],
    keys: { 'one-row': keySet(BigUint64Array.from(keys)) },
    ...(to !== undefined && { to }),
  });

  it('finds keys that repeat from one object to another', () => {
    const settled = settleFindings([report([1n, 2n]), report([2n, 3n]), report([3n])], specWith(unique));
    expect(settled).toMatchObject([
      { rule: 'feature-type-low-unique', constraint: 'one-row', severity: 'error', rows: 2, share: 2 / 30 },
    ]);
    expect(settleFindings([report([1n]), report([2n])], specWith(unique))).toEqual([]);
  });

  it('says that keys were too many to compare all, and finds what a sample of them shows', () => {
    const sampled = (keys: readonly bigint[]) => ({
      rows: 100,
      findings: [],
      keys: { 'one-row': keySet(BigUint64Array.from(keys), 8) },
    });
    const large = sampled([5n]);
    expect(settleFindings([large], specWith(unique))).toEqual([]);
    expect(settleFindings([large, sampled([6n])], specWith(unique))).toMatchObject([
      { rule: 'unique-sampled', severity: 'warning' },
    ]);
    expect(settleFindings([large, large], specWith(unique))).toMatchObject([
      { rule: 'feature-type-low-unique', severity: 'error', rows: 8 },
      { rule: 'unique-sampled' },
    ]);
  });

  it('judges freshness and volume of the whole', () => {
    const fresh = { id: 'fresh', kind: 'freshness', maxAgeHours: 24 };
    const volume = { id: 'volume', kind: 'volume', minRows: 15, maxRows: 25 };
    const reports = [report([], '2013-01-01T00:00:00.000Z'), report([], '2013-01-02T00:00:00.000Z')];
    const rulesAt = (at: string, of = reports) =>
      settleFindings(of, specWith(fresh, volume), { at }).map((finding) => finding.rule);
    expect(rulesAt('2013-01-03T00:00:00.000Z')).toEqual([]);
    expect(rulesAt('2013-01-03T01:00:00.000Z')).toEqual(['dataset-stale']);
    expect(rulesAt('2013-01-02T00:00:00.000Z', reports.slice(1))).toEqual(['dataset-low-num-examples']);
    expect(rulesAt('2013-01-02T00:00:00.000Z', [...reports, report([])])).toEqual([
      'dataset-high-num-examples',
    ]);
    expect(settleFindings(reports.slice(1), specWith(fresh, volume), { isPart: true })).toEqual([]);
    expect(wholeFindings(specWith(fresh), 'training', { rows: 20 })).toEqual([]);
  });

  it('tells nothing of a warning before its limit', () => {
    const spec = specWith({
      id: 'shape',
      kind: 'pattern',
      column: 'tail',
      pattern: 'N.*',
      tolerance: 0.5,
      severity: 'warning',
    });
    const broken = (rows: number) => {
      const findings = [
        {
          rule: 'string-pattern-mismatch',
          constraint: 'shape',
          column: 'tail',
          severity: 'warning',
          rows,
          message: '',
        } as const,
      ];
      return settleFindings([{ rows: 10, findings }], spec).map((finding) => finding.severity);
    };
    expect([broken(5), broken(6)]).toEqual([[], ['warning']]);
  });
});
