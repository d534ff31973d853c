import { describe, expect, it } from 'vitest';
import { countCategories } from '../../../lib/domain/profile/count-categories.ts';
import {
  estimateDistinct,
  mergeSketches,
  newSketch,
  sketchRegisters,
  sketchText,
} from '../../../lib/domain/profile/distinct-sketch.ts';
import { profileChunk } from './count-numbers.ts';

/** Four standard errors of 4,096 registers. */
const TOLERANCE = (4 * 1.04) / Math.sqrt(4096);

const off = (sketch: string, distinct: number) => Math.abs(estimateDistinct(sketch) / distinct - 1);
const sequence = (n: number, of: (i: number) => number) => Array.from({ length: n }, (_, i) => of(i));

describe('estimateDistinct', () => {
  it('is near for few values and for many, of every shape', () => {
    for (const n of [1, 10, 100, 3000, 50_000, 400_000])
      for (const of of [
        (i: number) => i,
        (i: number) => i / 100,
        (i: number) => -1e9 - i,
        (i: number) => Math.fround(Math.sin(i) * 1e3 + i),
        (i: number) => i * 2 ** 30,
      ])
        expect(off(profileChunk(sequence(n, of), [0]).distinct, n)).toBeLessThan(TOLERANCE);
  });

  it('counts texts alike', () => {
    const counted = sequence(8000, (i) => i).map((i) => [`user-${i}`, 1] as const);
    expect(off(countCategories(counted).distinct, 8000)).toBeLessThan(TOLERANCE);
  });

  it('is 0 for nothing, and one for both zeros', () => {
    expect(estimateDistinct('')).toBe(0);
    expect(profileChunk([0, -0], []).distinct).toBe(profileChunk([0], []).distinct);
  });
});

describe('mergeSketches', () => {
  it('gives the sketch of the whole, as text too', () => {
    const all = sequence(30_000, (i) => Math.sin(i));
    const part = (from: number, to: number) => profileChunk(all.slice(from, to), []).distinct;
    expect(mergeSketches(part(0, 10), part(10, 30_000))).toBe(part(0, 30_000));
    expect(mergeSketches(part(0, 900), part(900, 1000))).toBe(part(0, 1000));
  });

  it('has the empty text as identity', () => {
    const sketch = profileChunk([1, 2], []).distinct;
    expect([mergeSketches('', sketch), mergeSketches(sketch, '')]).toEqual([sketch, sketch]);
  });
});

describe('the text of a sketch', () => {
  it('is read back, few registers or all', () => {
    for (const used of [0, 1, 1365, 1366, 4096]) {
      const registers = newSketch().map((_, i) => (i < used ? (i % 33) + 1 : 0));
      expect(sketchRegisters(sketchText(registers))).toEqual(registers);
    }
  });

  it('refuses a text that is none', () => {
    expect(() => sketchRegisters('a*b')).toThrow('a sketch has letters, digits, - and _, got "*"');
  });
});
