import { entryOf } from '../entry-of.ts';
import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { DriftRules } from '../spec/drift.ts';
import type { ColumnDrift } from './column-drift.ts';
import { addEvidence, type EvidenceState, evidenceCells, weighEvidence } from './evidence.ts';
import { explainWindow } from './explain-window.ts';
import { CONFIDENCE_ALONE, confidenceOf } from './false-discoveries.ts';
import { type JointScore, jointDrift, watchJoint } from './joint-drift.ts';
import { judgeTogether } from './judge-together.ts';
import { type PresetReport, presetReport } from './preset-report.ts';
import type { PresetThresholds } from './preset-thresholds.ts';
import { rank } from './priority.ts';
import { pValueOf } from './question.ts';
import { askScored, judgeColumn } from './score-column.ts';
import { type SegmentDrift, scoreSegments } from './segment-scores.ts';
import { type Slice, sourceShares } from './source-shares.ts';
import type { DriftVerdict } from './verdict.ts';
import { lastOf, type RecentVerdict, shareDrifted, verdictAlone, verdictAmong } from './window-verdict.ts';

export interface DriftScore {
  /** Of the window among the last ones, as the spec asks. */
  readonly verdict: DriftVerdict;
  /** Of the window by itself. */
  readonly alone: DriftVerdict;
  /** Every watched column, the one that matters most first. */
  readonly columns: readonly ColumnDrift[];
  /** Share (0–1) of judged columns that drifted. */
  readonly shareDrifted: number;
  /** Mean of min(effect/threshold, 4) over the columns, weighted by their importance for the model. */
  readonly priority: number;
  /** Share (0–1) of the window's rows that were counted. */
  readonly coverage: number;
  /** Where among declared segments it lies, largest effect first. */
  readonly segments: readonly SegmentDrift[];
  /** Numeric columns together; absent where they were not counted so. */
  readonly joint?: JointScore;
  /** What the library that the spec names would say. */
  readonly preset?: PresetReport;
  /** What this and the former windows have, for the next one. */
  readonly evidence: EvidenceState;
  /** The last windows by themselves, this one included, oldest first, for the next one. */
  readonly recent: readonly RecentVerdict[];
  /** A sentence: what moved, by how much, and what could have been seen. */
  readonly explanation: string;
}

export interface ScoreProfiles {
  /** What the version learned from. */
  readonly reference: Profile;
  /** What it was asked. */
  readonly window: Profile;
  /** The bins of both. */
  readonly binning: Binning;
  /** `threshold`, `minRows`, `minShareOfColumns` and `ignore`; what else is absent is as the spec has it by default. */
  readonly drift: Pick<DriftRules, 'threshold' | 'minRows' | 'minShareOfColumns' | 'ignore'> &
    Partial<DriftRules>;
  /** Start of the window, ISO 8601 UTC. */
  readonly start?: string;
  /** Share (0–1) of its rows that were counted. */
  readonly coverage?: number;
  /** Units of measure by column, for sentences. */
  readonly units?: Readonly<Record<string, string>>;
  /** Weights of columns for the model. */
  readonly importance?: Readonly<Record<string, number>>;
  /** What NannyML would have learned from the reference, for `drift.preset`. */
  readonly presetThresholds?: PresetThresholds | undefined;
  /** The window's pieces, so that the one which carries a shift can be named. */
  readonly slices?: readonly Slice[];
  /** What the version's window before this one left. */
  readonly previous?: PreviousWindow | undefined;
}

export interface PreviousWindow {
  readonly evidence?: EvidenceState | undefined;
  readonly recent?: readonly RecentVerdict[] | undefined;
  /** Columns that drifted in it. */
  readonly drifted?: readonly string[];
}

/** Columns whose segments and pieces are looked into. */
export const EXPLAINED_COLUMNS = 3;
/** Segments that are kept. */
const KEPT_SEGMENTS = 20;

/**
 * Whether a window of predictions is like what the version learned from. A column drifts by its size and the evidence for it,
 * never by a p-value; the window does when the asked share of the judged columns has. With too few rows, or when most columns
 * could not be judged and none drifted, it is `insufficient-data`: never a silent "stable".
 *
 * Throws when the profiles are not counted under the binning.
 */
export function scoreProfiles(input: ScoreProfiles): DriftScore {
  const rules = rulesOf(input);
  const { coverage = 1, start = '', previous } = input;
  const { evidence, weighed } = evidenceOf(input, rules);
  const judged = judgedColumns(input, rules).map((column) =>
    judgeTogether(column, weighed.get(column.column), rules.threshold),
  );
  const ranked = rank(judged, input.importance ?? {});
  const columns = ranked.columns.map((column, i) => withSources(column, i, input));
  const joint = jointDrift(input.reference, input.window, rules.threshold);
  const alone = watchJoint(verdictAlone(columns, coverage, rules), joint);
  const former = previous?.recent ?? [];
  const verdict = verdictAmong(alone, former, rules);
  const moved = columns.filter((column) => column.verdict === 'drifted').slice(0, EXPLAINED_COLUMNS);
  const names = moved.map(({ column }) => column);
  const segments = scoreSegments({ ...input, ...rules, columns: names }).slice(0, KEPT_SEGMENTS);
  const together = joint && { joint };
  const score = { verdict, alone, columns, segments, coverage, ...together };
  return {
    ...score,
    shareDrifted: shareDrifted(columns),
    ...(rules.preset && { preset: presetReport(rules.preset, input, watched(input)) }),
    priority: ranked.priority,
    evidence,
    recent: lastOf([...former, { start, verdict: alone }], rules.windows.of),
    explanation: explainWindow(score, input.window.rows, rules),
  };
}

function rulesOf({ reference, window, binning, drift }: ScoreProfiles): DriftRules {
  for (const { binningId } of [reference, window])
    if (binningId !== binning.id)
      throw new Error(`profiles to score are counted under binning ${binning.id}, got ${binningId}`);
  return {
    falseDiscoveryRate: 0.05,
    minCoverage: 0.95,
    windows: { drifted: 1, of: 1 },
    ...drift,
  };
}

function watched({ binning, drift }: ScoreProfiles): readonly string[] {
  const ignored = new Set(drift.ignore);
  return Object.keys(binning.columns).filter((name) => !ignored.has(name));
}

function columnInput(input: ScoreProfiles, name: string) {
  const { reference, window, binning, drift, units } = input;
  return {
    name,
    reference: reference.columns[name] as ColumnProfile,
    window: window.columns[name] as ColumnProfile,
    binning: binning.columns[name] as ColumnBinning,
    threshold: drift.threshold,
    minRows: drift.minRows,
    unit: units && entryOf(units, name),
  };
}

function judgedColumns(input: ScoreProfiles, { falseDiscoveryRate }: DriftRules): readonly ColumnDrift[] {
  const asked = watched(input).map((name) => askScored(columnInput(input, name)));
  const pValues = asked.flatMap(({ questions }) => questions.map(pValueOf));
  const confidence = pValues.length === 0 ? CONFIDENCE_ALONE : confidenceOf(pValues, falseDiscoveryRate);
  return asked.map((column) => judgeColumn(column, confidence));
}

function evidenceOf(input: ScoreProfiles, { falseDiscoveryRate }: DriftRules) {
  const { reference, window, binning, start = '', previous } = input;
  const cellsOf = (name: string, profile: Profile) =>
    evidenceCells(
      reference.columns[name] as ColumnProfile,
      profile.columns[name] as ColumnProfile,
      binning.columns[name] as ColumnBinning,
    );
  const references = new Map<string, readonly number[]>();
  const now = new Map<string, EvidenceState[string]>();
  for (const name of watched(input)) {
    const [before, counts] = [cellsOf(name, reference), cellsOf(name, window)];
    if (before === undefined || counts === undefined || window.rows === 0) continue;
    references.set(name, before);
    now.set(name, { since: start, windows: 1, rows: window.rows, counts: [...counts] });
  }
  const evidence = addEvidence(previous?.evidence ?? {}, Object.fromEntries(now), new Set(previous?.drifted));
  return { evidence, weighed: weighEvidence(references, evidence, falseDiscoveryRate) };
}

function withSources(column: ColumnDrift, at: number, input: ScoreProfiles): ColumnDrift {
  const [check] = column.checks;
  if (at >= EXPLAINED_COLUMNS || column.verdict !== 'drifted' || check?.effect === undefined) return column;
  const question = { aspect: check.aspect, effect: check.effect };
  const bySource = sourceShares(columnInput(input, column.column), input.slices ?? [], question);
  return bySource.length === 0 ? column : { ...column, bySource };
}
