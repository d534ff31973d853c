import { describe, expect, it } from 'vitest';
import { scoreColumn } from '../../../lib/domain/drift/score-column.ts';
import type { ColumnBinning } from '../../../lib/domain/profile/binning.ts';
import type { Subject } from '../../../lib/domain/statistics/catalogue/entry.ts';
import {
  alertAt,
  CATALOGUE,
  levelOf,
  statisticEntry,
  warnAt,
} from '../../../lib/domain/statistics/catalogue.ts';
import {
  equivalentShift,
  type ShiftStatistic,
  shiftShows,
} from '../../../lib/domain/statistics/equivalent-shift.ts';
import { aCategoricalColumn, aNumericColumn } from '../profile/a-profile.ts';

describe('the catalogue', () => {
  it('has every name once, with a title, a unit and a source', () => {
    expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length);
    expect(
      CATALOGUE.filter(({ title, unit, source }) => title === '' || unit === '' || source === ''),
    ).toEqual([]);
  });

  it('has thresholds that the statistic can reach, alert beyond warn', () => {
    for (const { name, range, worse, neutral = 0, warn, alert } of CATALOGUE) {
      const reached = (threshold: number) =>
        worse === 'both' ? neutral + threshold <= range[1] : threshold >= range[0] && threshold <= range[1];
      for (const threshold of [warn, alert])
        expect([name, threshold === undefined || reached(threshold)]).toEqual([name, true]);
      if (warn !== undefined && alert !== undefined)
        expect([name, worse === 'lower' ? alert < warn : alert > warn]).toEqual([name, true]);
    }
  });

  it('has an effect, not a test, to decide on every subject', () => {
    const decided = new Set(CATALOGUE.flatMap(({ decides = [] }) => decides));
    const subjects = new Set<Subject>(CATALOGUE.flatMap(({ appliesTo }) => appliesTo));
    expect([...subjects].filter((subject) => !decided.has(subject))).toEqual([]);
    expect(CATALOGUE.filter(({ unit, decides }) => unit === 'chance' && decides !== undefined)).toEqual([]);
  });

  it('knows every statistic that a verdict reports', () => {
    const binning: ColumnBinning = { kind: 'numeric', edges: [1, 2] };
    const numbers = { name: 'input.x', binning, threshold: 0.1, minRows: 1 };
    const texts = { ...numbers, binning: { kind: 'categorical' } satisfies ColumnBinning };
    const reports = [
      scoreColumn({
        ...numbers,
        reference: aNumericColumn([1, 2, 3, null], [1, 2]),
        window: aNumericColumn([2, 3], [1, 2]),
      }),
      scoreColumn({
        ...texts,
        reference: aCategoricalColumn(['a', 'b']),
        window: aCategoricalColumn(['a', 'c', null]),
      }),
    ];
    const reported = reports.flatMap(({ statistic, statistics }) => [statistic, ...Object.keys(statistics)]);
    expect(reported.length).toBeGreaterThan(15);
    expect(reported.filter((name) => statisticEntry(name) === undefined)).toEqual([]);
  });

  it.each([
    ['psi-10', 0.05, undefined],
    ['psi-10', 0.1, 'warn'],
    ['psi-10', 0.3, 'alert'],
    ['ks-p', 0.2, undefined],
    ['ks-p', 0.03, 'warn'],
    ['ks-p', 0.001, 'alert'],
    ['mean-shift', -0.15, 'warn'],
    ['sd-ratio', 0.7, 'alert'],
    ['sd-ratio', 1.05, undefined],
    ['energy-distance', 5, undefined],
    ['no-such-statistic', 5, undefined],
  ])('says how much %s %d is', (name, value, level) => {
    expect(levelOf(name, value)).toBe(level);
  });

  it('gives the thresholds that verdicts are taken by, and none that it does not have', () => {
    expect([warnAt('missing-change'), alertAt('missing-change')]).toEqual([0.02, 0.1]);
    expect(() => alertAt('future-share')).toThrow('no alert threshold of future-share');
    expect(() => warnAt('energy-distance')).toThrow('no warn threshold of energy-distance');
  });

  it('does not know what does not exist', () => {
    expect(statisticEntry('no-such-statistic')).toBeUndefined();
  });
});

describe('shiftShows', () => {
  // numpy 2.4.6 and scipy 1.17.1 (stats.norm, spatial.distance.jensenshannon): N(0, 1) against N(shift, 1) over equally full cells.
  it.each([
    [
      0.02, 0.007978712629263196, 0.0003836134820572068, 0.00692458425075004, 0.007038247963007854,
      0.007070979424441446,
    ],
    [
      0.1, 0.03987761167674497, 0.009587276462951957, 0.03460166415911601, 0.03517000827377225,
      0.035344293392556084,
    ],
    [
      0.25, 0.09947644966022584, 0.059815581829017056, 0.08621517390025833, 0.0876368681122535,
      0.08821599480681769,
    ],
    [
      0.5, 0.1974126513658474, 0.23774920468627586, 0.17041019763705323, 0.17327115037019375,
      0.17540457668959458,
    ],
  ])('at %d σ equals scipy', (shift, ks, psi, js10, js32, hellinger) => {
    expect(shiftShows('wasserstein', shift)).toBe(shift);
    expect(shiftShows('kolmogorov-smirnov', shift)).toBeCloseTo(ks, 12);
    expect(shiftShows('total-variation', shift)).toBeCloseTo(ks, 12);
    expect(shiftShows('psi-10', shift)).toBeCloseTo(psi, 12);
    expect(shiftShows('jensen-shannon-10', shift)).toBeCloseTo(js10, 10);
    expect(shiftShows('jensen-shannon-32', shift)).toBeCloseTo(js32, 10);
    expect(shiftShows('hellinger', shift)).toBeCloseTo(hellinger, 12);
  });
});

describe('equivalentShift', () => {
  it('turns back what a shift shows', () => {
    for (const name of [
      'wasserstein',
      'kolmogorov-smirnov',
      'psi-10',
      'jensen-shannon-32',
      'hellinger',
    ] as ShiftStatistic[])
      for (const shift of [0, 0.05, 0.3, 2])
        expect(equivalentShift(name, shiftShows(name, shift))).toBeCloseTo(shift, 6);
  });

  it('says that usual thresholds differ by three in the shift they mean', () => {
    const shifts = CATALOGUE.flatMap(({ shift, warn }) =>
      shift && warn ? [equivalentShift(shift, warn) ?? 0] : [],
    );
    expect(Math.max(...shifts) / Math.min(...shifts)).toBeGreaterThan(3);
  });

  it('has no shift for what none shows', () => {
    expect(equivalentShift('kolmogorov-smirnov', 1.1)).toBeUndefined();
    expect(equivalentShift('hellinger', Number.NaN)).toBeUndefined();
  });
});
