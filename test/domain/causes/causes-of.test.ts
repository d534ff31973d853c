import { describe, expect, it } from 'vitest';
import { type FoundCause, routeOf } from '../../../lib/domain/causes/cause.ts';
import { causesOf } from '../../../lib/domain/causes/causes-of.ts';
import type { Finding } from '../../../lib/domain/findings.ts';
import type { ARow } from '../profile/a-profile.ts';
import { aDay, aQuestion, aWeek, chance, dateOf } from './a-question.ts';

const named = (causes: readonly FoundCause[]) => causes.map(({ cause, columns }) => [cause, ...columns]);
const first = (causes: readonly FoundCause[]) => causes[0]?.firstBad?.start;
const each = (rows: readonly ARow[], change: (row: ARow, i: number) => ARow) => rows.map(change);
const celsius = (row: ARow): ARow => ({ ...row, x: row.x === null ? null : (row.x - 32) / 1.8 });

describe('causesOf an ordinary week', () => {
  it('is none', () => {
    expect(named(causesOf(aQuestion(aWeek())))).toEqual([['none']]);
  });

  it('is the shift that a verdict says, and too few rows that it says', () => {
    const drifted = aQuestion(aWeek(), {
      window: { ...aQuestion(aWeek()).window, verdict: 'drifted', explanation: 'x moved 1 σ' },
    });
    expect(causesOf(drifted)).toMatchObject([{ cause: 'covariate-shift', evidence: 'x moved 1 σ' }]);
    const few = { ...drifted.window, verdict: 'insufficient-data' as const };
    expect(named(causesOf({ ...drifted, window: few }))).toEqual([['too-few-rows']]);
  });
});

describe('another unit', () => {
  it('is named with its map, before the drift that it makes', () => {
    const question = aQuestion(aWeek((rows) => each(rows, celsius)));
    const causes = causesOf({ ...question, window: { ...question.window, verdict: 'drifted' } });
    expect(named(causes)).toEqual([['unit-changed', 'input.x']]);
    expect(causes[0]?.evidence).toMatch(
      /^another unit \(°F → °C\): input\.x 9\.831 ± [\d.]+ is 49\.\d+ ± [\d.]+ read back, and was 49/,
    );
    expect(causes[0]?.firstBad).toEqual({
      start: dateOf(56),
      end: dateOf(57),
      object: 'compacted/m/56.parquet',
    });
  });

  it('is found from the day on that it began', () => {
    const causes = causesOf(aQuestion(aWeek((rows, i) => (i < 3 ? rows : each(rows, celsius)))));
    expect([named(causes), first(causes)]).toEqual([[['unit-changed', 'input.x']], dateOf(59)]);
  });

  it('is not what a warm week is', () => {
    const warm = aWeek((rows) => each(rows, (row) => ({ ...row, x: (row.x ?? 0) + 20 })));
    expect(named(causesOf(aQuestion(warm)))).toEqual([['none']]);
  });
});

describe('values that stay away', () => {
  const without = (share: number) => (rows: readonly ARow[]) =>
    each(rows, (row, i) => (chance(i, 9) < share ? { ...row, x: null } : row));

  it('are a surge when much more rows have none than ever before', () => {
    const causes = causesOf(aQuestion(aWeek(without(0.3))));
    expect(named(causes)).toEqual([['null-surge', 'input.x']]);
    expect(causes[0]?.evidence).toMatch(
      /^rows without a value: input\.x 2\d(\.\d)? % \(at most 0 % before\)$/,
    );
  });

  it('are found on the one day of a week that lacks them', () => {
    const causes = causesOf(aQuestion(aWeek((rows, i) => (i === 4 ? without(1)(rows) : rows))));
    expect([named(causes), first(causes)]).toEqual([[['null-surge', 'input.x']], dateOf(60)]);
  });

  it('are one cause for columns that fall silent together', () => {
    const silent = aWeek((rows) => each(rows, () => ({ x: null, s: '' })));
    expect(named(causesOf(aQuestion(silent)))).toContainEqual(['null-surge', 'input.s', 'input.x']);
  });

  it('are no surge where a few always were missing', () => {
    expect(named(causesOf(aQuestion(aWeek(without(0.04)))))).toEqual([['none']]);
  });
});

describe('other names', () => {
  it('are found by what vanished and what came in the same mass', () => {
    const lower = aWeek((rows) => each(rows, (row) => ({ ...row, s: row.s === 'UA' ? 'United' : row.s })));
    const causes = causesOf(aQuestion(lower));
    expect(named(causes)).toEqual([['vocabulary-renamed', 'input.s']]);
    expect(causes[0]?.evidence).toMatch(/UA → United \((29|30)(\.\d)? %\)$/);
  });

  it('pair by their letters first when masses are alike', () => {
    const small = aWeek((rows) => each(rows, (row) => ({ ...row, s: row.s?.toLowerCase() ?? null })));
    const evidence = causesOf(aQuestion(small))[0]?.evidence;
    for (const pair of ['AA → aa', 'UA → ua', 'DL → dl', 'HA → ha']) expect(evidence).toContain(pair);
  });

  it('are not what a new value is that takes from all, nor a value that leaves', () => {
    const fresh = aWeek((rows) => each(rows, (row, i) => (i % 4 === 0 ? { ...row, s: 'B6' } : row)));
    expect(named(causesOf(aQuestion(fresh)))).toEqual([['none']]);
    const left = aWeek((rows) => rows.filter((row) => row.s !== 'HA'));
    expect(named(causesOf(aQuestion(left)))).toEqual([['none']]);
  });
});

describe('the number of rows', () => {
  it('says that a day came twice, by counts that are all even, without any history', () => {
    const twice = aWeek((rows, i) => (i === 2 ? [...rows, ...rows] : rows));
    const question = aQuestion(twice);
    const causes = causesOf({ ...question, traffic: { ...question.traffic, before: [] } });
    expect([named(causes), first(causes)]).toEqual([[['volume-duplicated']], dateOf(58)]);
    expect(causes[0]?.evidence).toBe(
      '2013-03-06 holds every row 2 times: all counts of its 600 rows are multiples of 2',
    );
  });

  it('says that a day has twice the rows that its weekday usually has', () => {
    const causes = causesOf(aQuestion(aWeek((rows, i) => (i === 2 ? aDay(58, 601) : rows))));
    expect(causes).toMatchObject([
      { cause: 'volume-duplicated', evidence: expect.stringContaining('2.00 of the 300') },
    ]);
  });

  it('says that a day is missing, also one without a single row', () => {
    const half = causesOf(aQuestion(aWeek((rows, i) => (i === 5 ? rows.slice(0, 90) : rows))));
    expect([named(half), first(half)]).toEqual([[['volume-missing']], dateOf(61)]);
    const none = causesOf(aQuestion(aWeek().filter((_, i) => i !== 5)));
    expect(none[0]).toEqual({
      cause: 'volume-missing',
      columns: [],
      evidence: '2013-03-09 has no rows, where the same weekday usually has 300',
      firstBad: { start: dateOf(61), end: dateOf(62) },
    });
  });

  it('says nothing of a weekday that never had more, nor of few rows more or less', () => {
    const question = aQuestion(aWeek().filter((_, i) => i !== 5));
    const before = question.traffic.before.filter(({ start }) => new Date(start).getUTCDay() !== 6);
    const quiet = { ...question, traffic: { ...question.traffic, before } };
    expect(named(causesOf(quiet))).toEqual([['none']]);
    const small = {
      ...question.traffic,
      now: [{ start: dateOf(56), rows: 2 }],
      before: [0, 7, 14, 21].map((day) => ({ start: dateOf(day), rows: 8 })),
    };
    expect(named(causesOf({ ...aQuestion(aWeek()), traffic: small }))).toEqual([['none']]);
  });

  it('says nothing of traffic that begins, or comes back after a pause: silence is not half of it', () => {
    const question = aQuestion(aWeek());
    const since = (day: number) =>
      question.traffic.before.map((was) => (was.start < dateOf(day) ? was : { ...was, rows: 0 }));
    for (const before of [since(0), since(1), since(14)])
      expect(named(causesOf({ ...question, traffic: { ...question.traffic, before } }))).toEqual([['none']]);
  });

  it('explains no drift: a shift is seen beside it', () => {
    const question = aQuestion(aWeek().slice(1));
    const window = { ...question.window, verdict: 'drifted' as const };
    expect(named(causesOf({ ...question, window }))).toEqual([['volume-missing'], ['covariate-shift']]);
  });
});

describe('findings', () => {
  const finding = (rule: string, more: Partial<Finding> = {}): Finding => ({
    rule,
    severity: 'error',
    message: `${rule} it is`,
    ...more,
  });

  it('of columns and of types are causes, with what they say', () => {
    const findings = [
      finding('schema-missing-column', { column: 'humid' }),
      finding('float-type-string-not-float', { column: 'x' }),
      finding('float-type-big-float', { column: 'x' }),
    ];
    expect(causesOf(aQuestion(aWeek(), { findings }))).toMatchObject([
      { cause: 'schema-changed', columns: ['input.humid'], evidence: 'schema-missing-column it is' },
      { cause: 'type-changed', columns: ['input.x'] },
    ]);
  });

  it('of refused calls name the earliest of them, and also values that must not stay away', () => {
    const object = (hour: number) => `refused/m/0000000001/2013-03-05/0${hour}/ab.json`;
    const findings = [
      finding('schema-missing-column', { column: 'x', object: object(7) }),
      finding('schema-new-column', { column: 'y', object: object(5) }),
      finding('feature-type-low-fraction-present', { column: 's', object: object(6) }),
      finding('feature-type-low-fraction-present', { column: 'x' }),
    ];
    const question = aQuestion(aWeek(), { findings });
    const tuesday = { start: dateOf(57), end: dateOf(58) };
    expect(causesOf(question)).toMatchObject([
      {
        cause: 'schema-changed',
        columns: ['input.x', 'input.y'],
        firstBad: { ...tuesday, object: object(5) },
      },
      { cause: 'null-surge', columns: ['input.s'], firstBad: { ...tuesday, object: object(6) } },
    ]);
    const hourly = { ...question, traffic: { unit: 'hour', now: [], before: [] } } as const;
    expect(first(causesOf(hourly))).toBe('2013-03-05T05:00:00.000Z');
  });

  it('that are warnings open nothing', () => {
    const findings = [finding('schema-new-column', { severity: 'warning' })];
    expect(named(causesOf(aQuestion(aWeek(), { findings })))).toEqual([['none']]);
  });
});

describe('a window without traffic', () => {
  it('misses every day of it, and has no values to judge', () => {
    const question = aQuestion([]);
    const causes = causesOf({ ...question, window: { ...question.window, verdict: 'insufficient-data' } });
    expect(named(causes)).toEqual([['volume-missing'], ['too-few-rows']]);
    expect([routeOf(causes), first(causes)]).toEqual(['incident', dateOf(56)]);
  });
});

describe('routeOf', () => {
  const found = (cause: FoundCause['cause']): FoundCause => ({ cause, columns: [], evidence: '' });

  it.each([
    [['unit-changed', 'covariate-shift'], 'incident'],
    [['volume-missing', 'too-few-rows'], 'incident'],
    [['too-few-rows'], 'wait'],
    [['covariate-shift'], 'guard'],
    [['concept-shift'], 'guard'],
    [['none'], 'none'],
  ] as const)('sends %s to %s', (causes, route) => {
    expect(routeOf(causes.map(found))).toBe(route);
  });
});
