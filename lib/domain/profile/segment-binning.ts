import type { Binning, ColumnBinning, SegmentBinning } from './binning.ts';
import { coarseEdges } from './coarse-bins.ts';
import type { ColumnProfile } from './column-profile.ts';

/** Values of one column that get a segment each. */
const MAX_SEGMENTS = 20;

/** Edges of a numeric column within a segment, and names of a categorical one: a profile keeps them for every segment. */
const SEGMENT_EDGES = 32;
const SEGMENT_NAMES = 20;

/**
 * How rows are cut into segments: by the commonest values of the declared columns, under coarser cuts of the same columns.
 *
 * @param by categorical columns, each with its values' rows
 */
export function segmentBinning(
  by: Readonly<Record<string, ColumnProfile>>,
  columns: Binning['columns'],
): SegmentBinning {
  const cut = Object.entries(by).map(([name, column]) => ({ name, values: commonest(column, MAX_SEGMENTS) }));
  const coarse = Object.entries(columns).flatMap(([name, binning]): [string, ColumnBinning][] => {
    if (binning.kind === 'numeric')
      return [[name, { kind: 'numeric', edges: coarseEdges(binning.edges, SEGMENT_EDGES) }]];
    if (binning.kind !== 'categorical') return [];
    return binning.values === undefined
      ? [[name, binning]]
      : [[name, { kind: 'categorical', values: binning.values.slice(0, SEGMENT_NAMES) }]];
  });
  return { by: cut, columns: Object.fromEntries(coarse) };
}

function commonest(column: ColumnProfile, most: number): string[] {
  if (column.kind !== 'categorical') return [];
  return [...column.values]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([value]) => value)
    .sort();
}
