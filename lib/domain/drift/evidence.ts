import { z } from 'zod';
import { entryOf } from '../entry-of.ts';
import type { ColumnBinning } from '../profile/binning.ts';
import type { CategoricalProfile, ColumnProfile, NumericProfile } from '../profile/column-profile.ts';
import { eBenjaminiHochberg } from '../statistics/e-bh.ts';
import { logE } from '../statistics/e-process.ts';
import { equalGroups, sumOver } from './equal-groups.ts';
import { CONFIDENCE_ALONE } from './false-discoveries.ts';
import { sharesEffect } from './shares-effect.ts';

const columnState = z.object({
  /** Start of the first window in it, ISO 8601 UTC. */
  since: z.string(),
  windows: z.number().int().positive(),
  rows: z.number().int().nonnegative(),
  counts: z.array(z.number().nonnegative()),
});

/** What a version's windows so far have in each column, over few cells: all that an e-process remembers. */
export const evidenceStateSchema = z.record(z.string(), columnState);
export type EvidenceState = Readonly<z.infer<typeof evidenceStateSchema>>;

/** What this and the former windows say together about one column. */
export interface ColumnEvidence {
  /** Start of the first window counted, ISO 8601 UTC. */
  readonly since: string;
  readonly windows: number;
  readonly rows: number;
  /** Natural logarithm of the e-value of "the column is as it was". */
  readonly logE: number;
  /** Whether that is refuted, among all columns and at whatever time one looks. */
  readonly changed: boolean;
  /** Bias-corrected Jensen-Shannon distance of all these rows together, and its one-sided 95 % bound. */
  readonly effect: number;
  readonly lowerBound: number;
}

/** Cells of a number, each with about equally much of the reference: deciles see a shift early and ask for little. */
const NUMERIC_CELLS = 10;
/** The most frequent categories of the reference; all others together are one cell. */
const NAMED_CELLS = 30;

/**
 * Counts over the few cells that evidence is collected in; missing values are one.
 *
 * @returns undefined for kinds that have no such cells (text, times)
 */
export function evidenceCells(
  reference: ColumnProfile,
  column: ColumnProfile,
  binning: ColumnBinning,
): readonly number[] | undefined {
  if (reference.kind === 'numeric' && column.kind === 'numeric' && binning.kind === 'numeric')
    return numericCells(reference, column);
  if (reference.kind === 'categorical' && column.kind === 'categorical')
    return categoryCells(reference, column);
  return undefined;
}

function numericCells(reference: NumericProfile, column: NumericProfile): readonly number[] {
  const { null: nulls, nan, posInf, negInf } = column.counts;
  const groups = equalGroups(reference.bins.counts, NUMERIC_CELLS);
  return [...sumOver(column.bins.counts, groups), nulls + nan + posInf + negInf];
}

function categoryCells(reference: CategoricalProfile, column: CategoricalProfile): readonly number[] {
  const frequent = [...reference.values].sort(([x, a], [y, b]) => b - a || (x < y ? -1 : 1));
  const counts = new Map(column.values);
  const named = frequent.slice(0, NAMED_CELLS).map(([value]) => counts.get(value) ?? 0);
  return [...named, column.n - named.reduce((sum, rows) => sum + rows, 0), column.counts.null];
}

/**
 * The state after one more window. Windows in any order give the same.
 *
 * @param told columns that drifted in the window before: people know, so counting begins anew
 */
export function addEvidence(
  before: EvidenceState,
  window: EvidenceState,
  told: ReadonlySet<string> = new Set(),
): EvidenceState {
  const columns = Object.entries(window).map(([name, now]) => {
    const former = entryOf(before, name);
    if (former === undefined || told.has(name) || former.counts.length !== now.counts.length)
      return [name, now];
    return [
      name,
      {
        since: [former.since, now.since].sort()[0] as string,
        windows: former.windows + now.windows,
        rows: former.rows + now.rows,
        counts: now.counts.map((count, i) => count + (former.counts[i] as number)),
      },
    ];
  });
  return Object.fromEntries(columns);
}

/**
 * What all windows of a version say so far, column by column. One may look after every window and at every column: a version
 * whose data never changes is called changed with chance `rate` at most, in all its life.
 *
 * @param reference cells of the reference, by column
 * @param rate 0–1
 * Source: e-process of two Dirichlet-multinomials; e-BH over the columns: Wang, Ramdas (2022).
 */
export function weighEvidence(
  reference: ReadonlyMap<string, readonly number[]>,
  state: EvidenceState,
  rate: number,
): ReadonlyMap<string, ColumnEvidence> {
  const weighed = [...reference].flatMap(([name, counts]) => {
    const now = entryOf(state, name);
    const effect = now && sharesEffect(counts, now.counts);
    if (now === undefined || effect === undefined) return [];
    return [{ name, now, effect, logE: logE({ reference: counts, current: now.counts }) }];
  });
  const changed = eBenjaminiHochberg(
    weighed.map((column) => column.logE),
    rate,
  );
  return new Map(
    weighed.map(({ name, now: { since, windows, rows }, effect, logE }, i) => {
      const size = { effect: effect.estimate, lowerBound: effect.lower(CONFIDENCE_ALONE.z) };
      return [name, { since, windows, rows, logE, changed: changed[i] as boolean, ...size }];
    }),
  );
}
