import { describe, expect, it } from 'vitest';
import { type BiasMeasureName, MEASURES } from '../../../lib/domain/fairness/measures.ts';
import { sidesOf } from '../../../lib/domain/fairness/sides.ts';
import { aCell } from './a-cell.ts';

const clarify = (cells: readonly ReturnType<typeof aCell>[], name: BiasMeasureName, group = 'f') =>
  MEASURES.find((measure) => measure.name === name)?.value(sidesOf({ cells }, group));
const fullOf = (cells: readonly ReturnType<typeof aCell>[], name: BiasMeasureName) =>
  MEASURES.find((measure) => measure.name === name)?.fullSupport?.(sidesOf({ cells }, 'f'));

// All values: smclarify 0.5 (bias.metrics.pretraining and posttraining) on rows of the same counts, facet f, strata x and y.
describe('the measures of SageMaker Clarify', () => {
  const cells = [
    aCell('f', 'x', [40, 12, 9, 55]),
    aCell('f', 'y', [21, 8, 14, 60]),
    aCell('m', 'x', [95, 20, 11, 70]),
    aCell('m', 'y', [60, 25, 18, 40]),
  ];
  it.each([
    ['CI', 0.21505376344086022],
    ['DPL', 0.15921121752131573],
    ['KL', 0.05183619729566802],
    ['JS', 0.012799167039745478],
    ['LP', 0.22515866310057764],
    ['TVD', 0.15921121752131573],
    ['KS', 0.15921121752131573],
    ['CDDL', 0.1507060655475078],
    ['DPPL', 0.22010748777629613],
    ['DI', 0.6269178082191781],
    ['CDDPL', 0.20768958381622518],
    ['DCAcc', -0.11703703703703694],
    ['DCR', -0.1368470441038473],
    ['RD', 0.11620082815734989],
    ['SD', 0.14217443249701311],
    ['DAR', 0.02191358024691359],
    ['DRR', 0.04196642685851326],
    ['AD', -0.02194205358225232],
    ['TE', 0.5055555555555554],
    ['GE', 0.09986014028910468],
  ] as const)('%s', (name, value) => {
    expect(clarify(cells, name)).toBeCloseTo(value, 12);
  });

  it('are all here', () => {
    expect(MEASURES).toHaveLength(20);
  });
});

describe('where Clarify divides by none', () => {
  const cells = [aCell('f', 'x', [0, 0, 6, 30]), aCell('m', 'x', [20, 0, 5, 25])];
  it.each([
    ['DI', 0],
    ['DCAcc', Number.NEGATIVE_INFINITY],
    ['DCR', 0],
    ['RD', 0.8],
    ['DAR', 1],
    ['TE', 0],
    ['CDDL', 0.3519061583577712],
    ['CDDPL', 0.5454545454545454],
    ['GE', 0.07333333333333336],
  ] as const)('%s is as it has it', (name, value) => {
    const found = clarify(cells, name);
    if (Number.isFinite(value)) expect(found).toBeCloseTo(value, 12);
    else expect(found).toBe(value);
  });

  it('is not measurable where a side has no rows at all', () => {
    const alone = [aCell('f', 'x', [5, 5, 5, 5])];
    for (const { name } of MEASURES.filter((m) => m.name !== 'GE' && m.name !== 'CDDL' && m.name !== 'CDDPL'))
      expect(clarify(alone, name), name).toBeUndefined();
    expect(clarify([aCell('f', '', [0, 0, 7, 0]), aCell('m', '', [0, 0, 3, 0])], 'GE')).toBeUndefined();
    expect(clarify([aCell('f', '', [7, 0, 0, 0]), aCell('m', '', [3, 0, 0, 0])], 'CDDL')).toBeUndefined();
  });
});

describe('a label that one side never gets', () => {
  const cells = [aCell('f', 'x', [0, 3, 0, 30]), aCell('m', 'x', [20, 4, 5, 25])];
  it.each([
    ['KL', -0.33386959779178166],
    ['JS', 0.03540891780959626],
    ['LP', 0.4629629629629629],
    ['TVD', 0.23148148148148145],
    ['KS', 0.4629629629629629],
  ] as const)('leaves no trace in %s as Clarify has it', (name, value) => {
    expect(clarify(cells, name)).toBeCloseTo(value, 12);
  });

  // scipy 1.17.1: distance.jensenshannon(p, q) ** 2 and the definitions, p = [25, 29]/54, q = [0, 1].
  it('counts with the full support', () => {
    expect(fullOf(cells, 'TVD')).toBeCloseTo(25 / 54, 12);
    expect(fullOf(cells, 'KS')).toBeCloseTo(25 / 54, 12);
    expect(fullOf(cells, 'LP')).toBeCloseTo(Math.SQRT2 * (25 / 54), 12);
    expect(fullOf(cells, 'JS')).toBeCloseTo(0.19585965405032432, 12);
    expect(fullOf(cells, 'KL')).toBe(Number.POSITIVE_INFINITY);
  });

  it('is told of more than two labels as well', () => {
    const many = [
      {
        ...aCell('m', '', [60, 0, 0, 0]),
        labels: [
          ['a', 30],
          ['b', 20],
          ['c', 10],
        ] as [string, number][],
      },
      {
        ...aCell('f', '', [45, 0, 0, 0]),
        labels: [
          ['a', 15],
          ['b', 25],
          ['d', 5],
        ] as [string, number][],
      },
    ];
    expect(clarify(many, 'KL')).toBeCloseTo(0.032457346132085285, 12);
    expect(clarify(many, 'JS')).toBeCloseTo(0.022427105046993023, 12);
    expect(clarify(many, 'LP')).toBeCloseTo(0.27777777777777785, 12);
    expect(clarify(many, 'TVD')).toBeCloseTo(0.19444444444444448, 12);
    expect(clarify(many, 'KS')).toBeCloseTo(0.22222222222222227, 12);
  });
});
