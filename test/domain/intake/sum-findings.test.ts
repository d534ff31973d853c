import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import { sumFindings } from '../../../lib/domain/intake/sum-findings.ts';

const cold = (object: string, rows: number): Finding => ({
  rule: 'float-type-small-float',
  column: 'temp',
  object,
  severity: 'error',
  rows,
  message: `${rows} values of temp are below -60`,
  examples: Array.from({ length: Math.min(rows, 20) }, (_, i) => ({ row: i + 1, value: -99 })),
});
const strange = (object: string): Finding => ({
  rule: 'schema-new-column',
  object,
  severity: 'warning',
  message: `${object} has a column fog`,
});

describe('sumFindings', () => {
  it('adds up rows that break one rule, with examples of one object', () => {
    const { findings, leftOut } = sumFindings([cold('a', 2), strange('a'), cold('b', 3)]);
    expect(leftOut).toBe(0);
    expect(findings).toEqual([strange('a'), { ...cold('a', 2), rows: 5 }]);
  });

  it('keeps constraints of one column apart, and columns of one rule', () => {
    const findings = [
      cold('a', 1),
      { ...cold('a', 1), column: 'dewp' },
      { ...cold('a', 1), constraint: 'c1' },
    ];
    expect(sumFindings(findings).findings).toEqual(findings);
  });

  it('shows examples of parts of one object together, at most twenty', () => {
    const later = { ...cold('a', 15), examples: [{ row: 900, value: -98 }] };
    const [summed] = sumFindings([cold('a', 2), later]).findings;
    expect(summed?.examples?.map(({ row }) => row)).toEqual([1, 2, 900]);
    expect(sumFindings([cold('a', 15), cold('a', 15)]).findings[0]?.examples).toHaveLength(20);
  });

  it('keeps errors when there are more findings about objects than anyone reads, and says how many are left out', () => {
    const many = Array.from({ length: 600 }, (_, i) => strange(`o${i}`));
    const error: Finding = { ...strange('last'), severity: 'error' };
    const { findings, leftOut } = sumFindings([...many, error]);
    expect([findings.length, leftOut, findings[0]]).toEqual([500, 101, error]);
  });
});
