/**
 * Counts and sums of bins over any number of values. They gather in blocks, and blocks add up with compensation: adding a tenth
 * ten million times one by one would be wrong in the tenth digit.
 * Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974).
 */
export interface BinSums {
  /** Of the open block: what a caller adds to. */
  readonly counts: Uint32Array;
  readonly sums: Float64Array;
  /** Closes the block; how many values it had, and their sum. */
  close(): { readonly n: number; readonly sum: number };
  /** Many values at once, beside the block. */
  add(bin: number, count: number, sum: number): void;
  totals(): { readonly counts: number[]; readonly sums: number[] };
}

export function binSums(bins: number): BinSums {
  const counts = new Uint32Array(bins);
  const sums = new Float64Array(bins);
  const total = {
    counts: new Float64Array(bins),
    sums: new Float64Array(bins),
    lost: new Float64Array(bins),
  };
  return {
    counts,
    sums,
    close() {
      let n = 0;
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) {
        const count = counts[bin] as number;
        if (count === 0) continue;
        n += count;
        sum += sums[bin] as number;
        total.counts[bin] = (total.counts[bin] as number) + count;
        addCompensated(total.sums, total.lost, bin, sums[bin] as number);
        counts[bin] = 0;
        sums[bin] = 0;
      }
      return { n, sum };
    },
    add(bin, count, sum) {
      total.counts[bin] = (total.counts[bin] as number) + count;
      addCompensated(total.sums, total.lost, bin, sum);
    },
    totals: () => ({
      counts: Array.from(total.counts),
      sums: Array.from(total.sums, (sum, bin) => sum + (total.lost[bin] as number)),
    }),
  };
}

function addCompensated(sums: Float64Array, lost: Float64Array, bin: number, value: number): void {
  const before = sums[bin] as number;
  const after = before + value;
  const rounding = Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
  lost[bin] = (lost[bin] as number) + rounding;
  sums[bin] = after;
}
