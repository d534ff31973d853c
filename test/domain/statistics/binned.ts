import { addHash, newSketch, sketchText } from '../../../lib/domain/profile/distinct-sketch.ts';
import { binOf, edgesFromQuantiles } from '../../../lib/domain/profile/edges.ts';
import { momentsOf } from '../../../lib/domain/statistics/moments.ts';
import type {
  ProfiledCategories,
  ProfiledNumbers,
} from '../../../lib/domain/statistics/presets/profile-pair.ts';
import type { Sample } from '../../../lib/domain/statistics/result.ts';
import { aCategoricalColumn } from '../profile/a-profile.ts';

/** Edges of bins that hold about equal shares of a sample. */
export function edgesOf(sample: Sample, bins = 256): readonly number[] {
  const ascending = Float64Array.from(sample).sort();
  const at = (share: number) => ascending[Math.floor(share * (ascending.length - 1))] as number;
  return edgesFromQuantiles(Array.from({ length: bins - 1 }, (_, i) => at((i + 1) / bins)));
}

/** A sample as a profile keeps it, counted the slow way. */
export function binned(sample: Sample, edges: readonly number[]): ProfiledNumbers {
  const values = Array.from(sample);
  const counts = new Array<number>(edges.length + 1).fill(0);
  const sums = [...counts];
  for (const value of values) {
    const bin = binOf(value, edges);
    (counts[bin] as number) += 1;
    (sums[bin] as number) += value;
  }
  const nonInteger = values.filter((value) => !Number.isInteger(value)).length;
  return {
    kind: 'numeric',
    ...(values.length === 0 ? { n: 0, mean: 0, m2: 0 } : momentsOf(sample)),
    min: values.reduce<number | null>((least, value) => Math.min(least ?? value, value), null),
    max: values.reduce<number | null>((most, value) => Math.max(most ?? value, value), null),
    bins: { counts, sums },
    counts: { nan: 0, posInf: 0, negInf: 0, nonInteger },
    distinct: sketchOf(values),
  };
}

/** Categories as a profile keeps them. */
export function tallied(values: readonly string[]): ProfiledCategories {
  return aCategoricalColumn(values);
}

function sketchOf(values: readonly number[]): string {
  const registers = newSketch();
  for (const value of values) {
    const [low, high] = new Uint32Array(Float64Array.of(value).buffer) as unknown as [number, number];
    addHash(registers, mixed(high ^ mixed(low)), mixed(low + mixed(high)));
  }
  return sketchText(registers);
}

/** The finaliser of MurmurHash3. */
function mixed(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
