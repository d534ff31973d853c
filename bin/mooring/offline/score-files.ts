import { type SchemaDiff, schemaDiff } from '../../../lib/domain/constraints/schema-diff.ts';
import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import { type DriftScore, scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { mismatchesOf } from '../../../lib/domain/profile/column-profile.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import type { PresetName } from '../../../lib/domain/statistics/presets/preset.ts';
import type { Io } from '../io.ts';
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

/** What `--json` prints, field by field in docs/drift.md: without what only windows that follow each other have. */
export interface ScoreReport extends Omit<DriftScore, 'evidence' | 'recent' | 'alone' | 'columns'> {
  /** Of the report's form: another one where a field changes its meaning or goes. */
  readonly version: 1;
  readonly columns: readonly Omit<ColumnDrift, 'evidence'>[];
  readonly base: { readonly file: string; readonly rows: number };
  readonly current: { readonly file: string; readonly rows: number };
  /** Columns that one of the two lacks, and those that are of another type now; absent where a profile does not know its file's. */
  readonly schema?: SchemaChanges;
}

type SchemaChanges = Pick<SchemaDiff, 'added' | 'removed' | 'retyped'>;
type Counted = Omit<ProfileDocument, 'kind'>;

/** The scores of all columns of two files, rows or profiles. */
export async function scoreFiles({ base, current, rules }: ScoreFiles, io: Io): Promise<ScoreReport> {
  const { before, now } = await bothProfiles(base, current, rules.preset === 'nannyml', io);
  const unknown = rules.ignore.find((name) => !Object.hasOwn(before.binning.columns, name));
  if (unknown !== undefined) throw new FileError(`${base} has no column ${unknown}, which --ignore names`);
  const {
    evidence: _,
    recent: __,
    alone: ___,
    ...score
  } = scoreProfiles({
    reference: before.profile,
    window: now.profile,
    binning: before.binning,
    presetThresholds: before.presetThresholds,
    coverage: Math.min(coverageOf(before.profile), coverageOf(now.profile)),
    drift: { ...rules, ignore: [...rules.ignore] },
  });
  const schema = schemaChanges(before, now);
  return {
    version: 1,
    ...score,
    columns: score.columns.map(({ evidence: _, ...column }) => column),
    ...(schema && { schema }),
    base: { file: base, rows: before.profile.rows },
    current: { file: current, rows: now.profile.rows },
  };
}

/** A column without values is of no type. */
function schemaChanges(before: Counted, now: Counted): SchemaChanges | undefined {
  if (before.schema === undefined || now.schema === undefined) return undefined;
  const { added, removed, retyped } = schemaDiff(before.schema, now.schema);
  const hasValues = ({ profile }: Counted, name: string) => {
    const column = profile.columns[name];
    return column !== undefined && column.n + mismatchesOf(column) > 0;
  };
  return {
    added,
    removed,
    retyped: retyped.filter(({ column }) => hasValues(before, column) && hasValues(now, column)),
  };
}

/** Share (0–1) of a file's rows that are rows. */
function coverageOf({ rows, rejectedRows }: Profile): number {
  return rejectedRows === 0 ? 1 : rows / (rows + rejectedRows);
}

/** Both counted under one binning: that of a profile if one is given, else that of the base. */
async function bothProfiles(base: string, current: string, learnsPreset: boolean, io: Io) {
  if (isProfileName(current) && !isProfileName(base)) {
    const now = await profileOf(current, io);
    return { before: await profileOf(base, io, now.binning, learnsPreset), now };
  }
  const before = await profileOf(base, io, undefined, learnsPreset);
  const now = await profileOf(current, io, before.binning);
  if (now.binning.id !== before.binning.id)
    throw new FileError(
      `${current} was counted under other cuts than ${base}: write it with mooring profile FILE --like ${base} --out ${current}`,
    );
  return { before, now };
}
