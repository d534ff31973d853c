import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { ModelSpec } from '../spec.ts';
import { scoreColumn } from './score-column.ts';
import type { ColumnDrift, DriftVerdict } from './verdict.ts';

export interface DriftScore {
  readonly verdict: DriftVerdict;
  /** Every watched column, largest effect first. */
  readonly columns: readonly ColumnDrift[];
  /** Share (0–1) of judged columns that drifted. */
  readonly shareDrifted: number;
  /** A sentence: what moved, by how much. */
  readonly explanation: string;
}

export interface ScoreProfiles {
  /** What the version learned from. */
  readonly reference: Profile;
  /** What it was asked. */
  readonly window: Profile;
  /** The bins of both. */
  readonly binning: Binning;
  readonly drift: ModelSpec['monitoring']['drift'];
}

/** A sentence names at most this many columns. */
const NAMED_COLUMNS = 3;

/**
 * Whether a window of predictions is like what the version learned from. A column drifts by its size and the evidence for it,
 * never by a p-value; the window does when the asked share of the judged columns has. With too few rows, or when most columns
 * could not be judged and none drifted, it is `insufficient-data`: never a silent "stable".
 *
 * Throws when the profiles are not counted under the binning.
 */
export function scoreProfiles({ reference, window, binning, drift }: ScoreProfiles): DriftScore {
  for (const { binningId } of [reference, window])
    if (binningId !== binning.id)
      throw new Error(`profiles to score are counted under binning ${binning.id}, got ${binningId}`);
  const ignored = new Set(drift.ignore);
  const columns = Object.keys(binning.columns)
    .filter((name) => !ignored.has(name))
    .map((name) =>
      scoreColumn({
        name,
        reference: reference.columns[name] as ColumnProfile,
        window: window.columns[name] as ColumnProfile,
        binning: binning.columns[name] as ColumnBinning,
        threshold: drift.threshold,
        minRows: drift.minRows,
      }),
    )
    // Of equals the input comes before the feature that is a copy of it.
    .sort((a, b) => (b.effect ?? -1) - (a.effect ?? -1) || (a.column > b.column ? -1 : 1));
  const judged = columns.filter((column) => column.verdict !== 'insufficient-data');
  const drifted = judged.filter((column) => column.verdict === 'drifted');
  const shareDrifted = judged.length === 0 ? 0 : drifted.length / judged.length;
  const verdict = windowVerdict(
    columns,
    judged,
    drifted.length > 0 && shareDrifted >= drift.minShareOfColumns,
  );
  return {
    verdict,
    columns,
    shareDrifted,
    explanation: explain(verdict, columns, judged, window.rows, drift.minRows),
  };
}

function windowVerdict(
  columns: readonly ColumnDrift[],
  judged: readonly ColumnDrift[],
  enoughDrifted: boolean,
): DriftVerdict {
  if (judged.length === 0) return 'insufficient-data';
  if (enoughDrifted) return 'drifted';
  if (judged.some((column) => column.verdict !== 'stable')) return 'watch';
  return judged.length * 2 < columns.length ? 'insufficient-data' : 'stable';
}

function explain(
  verdict: DriftVerdict,
  columns: readonly ColumnDrift[],
  judged: readonly ColumnDrift[],
  rows: number,
  minRows: number,
): string {
  if (rows < minRows) return `${rows} rows, wanted at least ${minRows} to judge`;
  if (verdict === 'insufficient-data')
    return `only ${judged.length} of ${columns.length} columns have enough data to judge`;
  if (verdict === 'stable') return `none of ${judged.length} columns moved`;
  const drifted = judged.filter((column) => column.verdict === 'drifted');
  const named = (drifted.length > 0 ? drifted : judged.filter((column) => column.verdict === 'watch'))
    .filter((column, i, all) => column.effect !== all[i - 1]?.effect)
    .slice(0, NAMED_COLUMNS)
    .map((column) => column.explanation);
  const count =
    drifted.length > 0 ? `${drifted.length} of ${judged.length} columns drifted: ` : 'worth watching: ';
  return count + named.join('; ');
}
