import { describe, expect, it } from 'vitest';
import type { Range } from '../../../local/sagemaker/parameter-ranges.ts';
import {
  combinations,
  gridCandidates,
  randomCandidates,
  valueAt,
} from '../../../local/sagemaker/tuning-search.ts';

const integer = (min: number, max: number, scaling: 'Linear' | 'Logarithmic' = 'Linear'): Range => ({
  kind: 'integer',
  name: 'depth',
  min,
  max,
  scaling,
});

const rate: Range = { kind: 'continuous', name: 'rate', min: 0.001, max: 10, scaling: 'Logarithmic' };

const words = (name: string, ...values: string[]): Range => ({ kind: 'categorical', name, values });

const ALMOST_ONE = 1 - 2 ** -32;

describe('valueAt', () => {
  it('reaches both ends of an integer range, each integer as likely', () => {
    const shares = Array.from({ length: 12 }, (_, i) => i / 12);
    expect(shares.map((share) => valueAt(integer(3, 6), share)).join('')).toBe('333444555666');
    expect(valueAt(integer(3, 6), ALMOST_ONE)).toBe('6');
  });

  it('is halfway in proportions on a logarithmic scale', () => {
    expect(Number(valueAt(rate, 0.5))).toBeCloseTo(0.1, 12);
    expect(valueAt(integer(1, 10_000, 'Logarithmic'), 0.5)).toBe('100');
    expect(Number(valueAt(rate, 0))).toBeCloseTo(0.001, 12);
  });

  it('is halfway in proportions of the distance to one on a reverse logarithmic scale', () => {
    const momentum: Range = {
      kind: 'continuous',
      name: 'm',
      min: 0.9,
      max: 0.999,
      scaling: 'ReverseLogarithmic',
    };
    expect(Number(valueAt(momentum, 0.5))).toBeCloseTo(0.99, 12);
  });

  it('is halfway in distance on any other scale', () => {
    expect(valueAt({ ...rate, min: -1, max: 2, scaling: 'Auto' } as Range, 0.5)).toBe('0.5');
  });

  it('never leaves the range', () => {
    for (const share of [0, 0.3, ALMOST_ONE]) {
      const value = Number(valueAt(rate, share));
      expect(value).toBeGreaterThanOrEqual(0.001);
      expect(value).toBeLessThanOrEqual(10);
    }
  });
});

describe('combinations', () => {
  it('multiplies integers and categories', () => {
    expect(combinations([integer(3, 6), words('kind', 'a', 'b')])).toBe(8);
  });

  it('has no end with a continuous range, unless that is one point', () => {
    expect(combinations([rate])).toBe(Number.POSITIVE_INFINITY);
    expect(combinations([{ ...rate, max: 0.001 } as Range])).toBe(1);
  });
});

describe('randomCandidates', () => {
  const ranges = [integer(1, 4), words('kind', 'a', 'b')];

  it('gives the same search for the same seed and another one for another', () => {
    const draw = (seed: number | string) => [...randomCandidates([...ranges, rate], seed, 5)];
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw('by-name')).not.toEqual(draw(7));
  });

  it('repeats no candidate, even when it needs all there are', () => {
    const all = [...randomCandidates(ranges, 1, 8)].map((candidate) => JSON.stringify(candidate));
    expect(new Set(all).size).toBe(8);
  });

  it('spreads over the whole range', () => {
    const rates = [...randomCandidates([rate], 3, 400)].map((candidate) => Number(candidate.rate));
    const below = rates.filter((value) => value < 0.1).length;
    expect(below).toBeGreaterThan(160);
    expect(below).toBeLessThan(240);
  });
});

describe('gridCandidates', () => {
  it('gives every combination once', () => {
    const grid = [...gridCandidates([words('x', '1', '2'), words('y', 'a', 'b')])];
    expect(grid.map(({ x, y }) => `${x}${y}`)).toEqual(['1a', '1b', '2a', '2b']);
  });
});
