import type { DriftWindow, QualityWindow } from '../registry/window.ts';
import type { MetricName } from '../spec.ts';

/** One window of a curve: what was measured, between which bounds, and of how much. */
export interface SeriesPoint {
  readonly version: number;
  /** ISO 8601 UTC, half open. */
  readonly start: string;
  readonly end: string;
  readonly rows: number;
  /** Absent when it could not be measured. */
  readonly value?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly verdict?: DriftWindow['verdict'];
  /** Of a column: share (0–1) of the window's rows that were counted. Of a metric: share that has a label. */
  readonly coverage?: number;
  /** Of a metric: what was to be expected before the labels came. */
  readonly estimate?: number;
}

/**
 * How far a column lay from what its version learned from, window by window.
 *
 * @param column `input.x`, `feature.x` or `output.x`
 * @example columnSeries(windows, 'input.temp')[0] // { version: 1, start, end, rows: 900, value: 0.3, lower: 0.2, verdict: 'drifted' }
 */
export function columnSeries(windows: readonly DriftWindow[], column: string): readonly SeriesPoint[] {
  return windows.map(({ version, start, end, rows, columns, coverage }) => {
    const found = columns.find((drift) => drift.column === column);
    return defined({
      version,
      start,
      end,
      rows,
      value: found?.effect,
      lower: found?.lowerBound,
      upper: found?.upperBound,
      verdict: found?.verdict,
      coverage,
    });
  });
}

/**
 * How good a version was by one metric, window by window, as far as labels have come; and what its scores let expect where none have.
 *
 * @param windows drift and quality windows, any order
 */
export function metricSeries(
  windows: readonly (DriftWindow | QualityWindow)[],
  metric: MetricName,
): readonly SeriesPoint[] {
  const points = new Map<string, SeriesPoint>();
  for (const window of windows) {
    const key = `${window.start}/${window.version}`;
    points.set(key, { ...points.get(key), ...pointOf(window, metric) });
  }
  return [...points.values()].sort((a, b) =>
    a.start < b.start ? -1 : a.start > b.start ? 1 : a.version - b.version,
  );
}

function pointOf(window: DriftWindow | QualityWindow, metric: MetricName): SeriesPoint {
  const { version, start, end, rows } = window;
  const estimate = window.estimate?.metrics[metric]?.estimate;
  if (window.kind === 'drift') return defined({ version, start, end, rows, estimate });
  const interval = window.intervals?.[metric];
  return defined({
    version,
    start,
    end,
    rows,
    value: window.metrics[metric],
    lower: interval?.lower,
    upper: interval?.upper,
    coverage: window.labelCoverage,
    estimate,
  });
}

type Maybe<T> = { readonly [K in keyof T]: T[K] | undefined };

function defined(point: Maybe<SeriesPoint>): SeriesPoint {
  return Object.fromEntries(
    Object.entries(point).filter(([, value]) => value !== undefined),
  ) as unknown as SeriesPoint;
}
