import { type DriftScore, scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { FAMILIES } from './replays.ts';

export interface TableReplay {
  readonly columns: number;
  /** Rows of the reference and of the window. */
  readonly n: number;
  readonly m: number;
}

/**
 * Scores of pairs of whole tables without any drift, as `mooring score` gives them: columns of all families in turn, one that
 * drifted is enough.
 *
 * @param replays how many @param seed of the first
 */
export function replayTables(
  { columns, n, m }: TableReplay,
  replays: number,
  seed: number,
): readonly DriftScore[] {
  const families = Array.from({ length: columns }, (_, i) => FAMILIES[i % FAMILIES.length] as Family);
  return Array.from({ length: replays }, (_, replay) => {
    const random = seededRandom(seed + replay);
    const before = families.map((family) => family.reference(n, random));
    const now = families.map((family, i) => family.window(m, random, (before[i] as Reference).binning, 0));
    const named = <T>(all: readonly T[]) => Object.fromEntries(all.map((one, i) => [`c${i}`, one]));
    const binning = makeBinning(named(before.map(({ binning }) => binning)));
    const profile = (of: readonly ColumnProfile[], rows: number): Profile => ({
      version: 1,
      binningId: binning.id,
      rows,
      rejectedRows: 0,
      sources: [],
      columns: named(of),
    });
    return scoreProfiles({
      reference: profile(
        before.map(({ column }) => column),
        n,
      ),
      window: profile(now, m),
      binning,
      drift: { threshold: 0.1, minRows: 500, minShareOfColumns: 0, ignore: [] },
    });
  });
}

type Family = (typeof FAMILIES)[number];
type Reference = ReturnType<Family['reference']>;
