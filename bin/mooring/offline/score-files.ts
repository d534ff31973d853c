import { type DriftScore, scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import type { ColumnBinning } from '../../../lib/domain/profile/binning.ts';
import type { ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { presetDatasetDrift } from '../../../lib/domain/statistics/presets/dataset-rule.ts';
import type { PresetName, PresetScore } from '../../../lib/domain/statistics/presets/preset.ts';
import { scorePresetProfiles } from '../../../lib/domain/statistics/presets/score-profiles.ts';
import type { Io } from '../program.ts';
import { FileError, isProfileName, type ProfileDocument } from './profile-document.ts';
import { profileOf } from './profile-path.ts';

export interface ScoreRules {
  readonly threshold: number;
  readonly minRows: number;
  readonly minShareOfColumns: number;
  readonly ignore: readonly string[];
  readonly preset?: PresetName;
}

export interface ScoreFiles {
  readonly base: string;
  readonly current: string;
  readonly rules: ScoreRules;
}

export interface ScoreReport extends Omit<DriftScore, 'evidence' | 'recent' | 'alone' | 'preset'> {
  readonly base: { readonly file: string; readonly rows: number };
  readonly current: { readonly file: string; readonly rows: number };
  /** What another library's rules make of the same columns; it changes no verdict. */
  readonly preset?: {
    readonly name: PresetName;
    readonly drifted: boolean;
    readonly columns: readonly (PresetScore & { readonly column: string })[];
  };
}

type Profiled = Omit<ProfileDocument, 'kind'>;

/** The scores of all columns of two files, rows or profiles. */
export async function scoreFiles({ base, current, rules }: ScoreFiles, io: Io): Promise<ScoreReport> {
  const { before, now } = await bothProfiles(base, current, io);
  const { preset, ...drift } = rules;
  const unknown = drift.ignore.find((name) => !(name in before.binning.columns));
  if (unknown !== undefined) throw new FileError(`${base} has no column ${unknown}, which --ignore names`);
  const {
    evidence: _,
    recent: __,
    alone: ___,
    preset: ____,
    ...score
  } = scoreProfiles({
    reference: before.profile,
    window: now.profile,
    binning: before.binning,
    coverage: Math.min(coverageOf(before.profile), coverageOf(now.profile)),
    drift: { ...drift, ignore: [...drift.ignore] },
  });
  return {
    ...score,
    base: { file: base, rows: before.profile.rows },
    current: { file: current, rows: now.profile.rows },
    ...(preset && { preset: presetOf(preset, before, now, drift.ignore) }),
  };
}

/** Share (0–1) of a file's rows that are rows. */
function coverageOf({ rows, rejectedRows }: Profile): number {
  return rejectedRows === 0 ? 1 : rows / (rows + rejectedRows);
}

/** Both counted under one binning: that of a profile if one is given, else that of the base. */
async function bothProfiles(base: string, current: string, io: Io) {
  if (isProfileName(current) && !isProfileName(base)) {
    const now = await profileOf(current, io);
    return { before: await profileOf(base, io, now.binning), now };
  }
  const before = await profileOf(base, io);
  const now = await profileOf(current, io, before.binning);
  if (now.binning.id !== before.binning.id)
    throw new FileError(
      `${current} was counted under other cuts than ${base}: write it with mooring profile FILE --like ${base} --out ${current}`,
    );
  return { before, now };
}

function presetOf(name: PresetName, before: Profiled, now: Profiled, ignore: readonly string[]) {
  const columns = Object.entries(before.binning.columns).flatMap(([column, binning]) => {
    const [reference, current] = [before.profile.columns[column], now.profile.columns[column]];
    if (ignore.includes(column) || reference === undefined || current === undefined) return [];
    const score = presetScore(name, reference, current, binning);
    return score === undefined ? [] : [{ column, ...score }];
  });
  return { name, drifted: presetDatasetDrift(name, columns), columns };
}

/** The libraries score numbers and categories; texts and times have no score. */
function presetScore(
  name: PresetName,
  reference: ColumnProfile,
  current: ColumnProfile,
  binning: ColumnBinning,
): PresetScore | undefined {
  const edges = binning.kind === 'numeric' ? { edges: binning.edges } : {};
  const scored = (column: ColumnProfile) => column.kind === 'numeric' || column.kind === 'categorical';
  if (!scored(reference) || !scored(current)) return undefined;
  return scorePresetProfiles(name, { reference, current, ...edges });
}
