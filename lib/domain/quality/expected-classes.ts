import type { MetricName } from '../spec.ts';

/** One score bin of a window without labels. */
export interface ExpectedBin {
  readonly rows: number;
  /** Rows expected to be positive. */
  readonly positives: number;
  /** Share (0–1) of rows that the model calls positive: 0 or 1 where its threshold is an edge. */
  readonly called: number;
}

/** A metric, and how it changes with each bin's expected positives, from which its standard error follows. */
export interface ExpectedMetric {
  readonly value: number;
  readonly gradient: readonly number[];
}

export type ExpectedMetrics = Readonly<Partial<Record<MetricName, ExpectedMetric>>>;

/**
 * The metrics that a binary model is expected to reach: each row counts as positive with its probability and as negative with
 * the rest. A metric that has nothing to divide by is absent.
 *
 * AUC is the area under the expected curve by trapezoids, a bin a step: exact where rows of a bin share one probability, and
 * off by less than a bin's width of area where they do not.
 *
 * @param bins in ascending order of score
 * Source: confidence-based performance estimation, NannyML 0.13.1 `CBPE`. O(bins).
 * @example expectedClasses([{ rows: 10, positives: 1, called: 0 }, { rows: 10, positives: 8, called: 1 }]).accuracy?.value // 0.85
 */
export function expectedClasses(bins: readonly ExpectedBin[]): ExpectedMetrics {
  const total = (of: (bin: ExpectedBin) => number) => bins.reduce((sum, bin) => sum + of(bin), 0);
  const rows = total((bin) => bin.rows);
  const positives = total((bin) => bin.positives);
  const called = total((bin) => bin.called * bin.rows);
  const hits = total((bin) => bin.called * bin.positives);
  const right = hits + total((bin) => (1 - bin.called) * (bin.rows - bin.positives));
  const auc = expectedAuc(bins, rows, positives);
  return {
    ...(rows > 0 && { accuracy: metric(bins, right / rows, (bin) => (2 * bin.called - 1) / rows) }),
    ...(called > 0 && { precision: metric(bins, hits / called, (bin) => bin.called / called) }),
    ...(positives > 0 && {
      recall: metric(bins, hits / positives, (bin) => (bin.called - hits / positives) / positives),
    }),
    ...(called + positives > 0 && { f1: expectedF1(bins, hits, called + positives) }),
    ...(auc && { auc }),
  };
}

function metric(
  bins: readonly ExpectedBin[],
  value: number,
  slope: (bin: ExpectedBin) => number,
): ExpectedMetric {
  return { value, gradient: bins.map(slope) };
}

function expectedF1(bins: readonly ExpectedBin[], hits: number, both: number): ExpectedMetric {
  return metric(bins, (2 * hits) / both, (bin) => (2 * bin.called) / both - (2 * hits) / both ** 2);
}

function expectedAuc(
  bins: readonly ExpectedBin[],
  rows: number,
  positives: number,
): ExpectedMetric | undefined {
  const negatives = rows - positives;
  if (positives <= 0 || negatives <= 0) return undefined;
  let below = 0;
  let area = 0;
  const ranks = bins.map((bin) => {
    const here = bin.rows - bin.positives;
    const rank = below + here / 2;
    area += bin.positives * rank;
    below += here;
    return rank;
  });
  const pairs = positives * negatives;
  let above = positives;
  const gradient = bins.map((bin, i) => {
    above -= bin.positives;
    // One more positive here: it wins against what lies below it, and is one negative less for the positives above it.
    const wins = (ranks[i] as number) - bin.positives / 2 - above;
    return wins / pairs - (area * (negatives - positives)) / pairs ** 2;
  });
  return { value: area / pairs, gradient };
}
