import { expect, it } from 'vitest';
import { otherStatistics } from '../../../lib/domain/drift/other-statistics.ts';
import { levelOf } from '../../../lib/domain/statistics/catalogue.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

const EDGES = [0.5];
const ratioOf = (reference: readonly number[], window: readonly number[]) =>
  otherStatistics({
    name: 'x',
    reference: aNumericColumn(reference, EDGES),
    window: aNumericColumn(window, EDGES),
    binning: { kind: 'numeric', edges: EDGES },
    threshold: 0.1,
  })['distinct-ratio'] as number;
/** Numbers from 0 to 1 of which so many are different, all as often. */
const numbers = (rows: number, different: number) =>
  Array.from({ length: rows }, (_, i) => (i % different) / different);

it('a ratio of distinct values is 1 where values mostly differ and fewer or more rows came', () => {
  expect(ratioOf(numbers(20_000, 20_000), numbers(8000, 8000))).toBeCloseTo(1, 1);
  expect(ratioOf(numbers(8000, 8000), numbers(20_000, 20_000))).toBeCloseTo(1, 1);
  expect(ratioOf(numbers(20_000, 7000), numbers(8000, 4200))).toBe(1);
});

it('a ratio of distinct values says where a column became constant, or values came that were not there', () => {
  expect(levelOf('distinct-ratio', ratioOf(numbers(20_000, 20_000), numbers(8000, 1)))).toBe('warn');
  expect(levelOf('distinct-ratio', ratioOf(numbers(20_000, 30), numbers(8000, 8000)))).toBe('warn');
  expect(ratioOf(numbers(20_000, 30), numbers(8000, 15))).toBeCloseTo(0.5, 1);
});
