import { z } from 'zod';
import { settleFindings } from '../../lib/domain/data/settle-findings.ts';
import { columnUnits } from '../../lib/domain/drift/column-units.ts';
import { columnsToKeep, type DriftReport, presetToKeep } from '../../lib/domain/drift/drift-report.ts';
import { type DriftScore, type ScoreProfiles, scoreProfiles } from '../../lib/domain/drift/score-profiles.ts';
import type { DriftVerdict } from '../../lib/domain/drift/verdict.ts';
import type { Finding } from '../../lib/domain/findings.ts';
import { keptFindings } from '../../lib/domain/intake/kept-findings.ts';
import { refusedFindings } from '../../lib/domain/monitoring/refused-findings.ts';
import { scoredEntry } from '../../lib/domain/monitoring/scored-entry.ts';
import { sourcesHash } from '../../lib/domain/monitoring/served-day.ts';
import { binningSchema } from '../../lib/domain/profile/binning.ts';
import { type Profile, profileSchema } from '../../lib/domain/profile/profile.ts';
import { unjudgedColumns } from '../../lib/domain/profile/profiled-columns.ts';
import { calibrationSchema } from '../../lib/domain/quality/calibration.ts';
import { estimateQuality } from '../../lib/domain/quality/estimate-quality.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { compactedDays } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Decision, Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { formerWindow } from './former-window.ts';
import { type LoadedWindow, loadWindow, withObjects } from './load-window.ts';
import { refusedHours } from './refused-hours.ts';

export const scoreWindowInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  /** Nothing was served in it, so there is no day to add up. */
  empty: z.boolean().optional(),
});
type Input = z.output<typeof scoreWindowInput>;

export interface ScoreWindowDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly now: Now;
}

export interface WindowScored {
  readonly model: string;
  readonly version: number;
  readonly start: string;
  readonly verdict: DriftVerdict;
}

/**
 * How far a window of served predictions lies from what its version learned from. Works on profiles alone; the same profiles
 * again change nothing, and late records make a new revision. Windows are scored in the order of time, each with what the former
 * one of its version left.
 */
export async function scoreWindow(input: Input, deps: ScoreWindowDeps): Promise<WindowScored> {
  const { model, version: number, start, end } = input;
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(number));
  const spec = await requiredSpec(deps.registry, model, version.specHash);
  const binning = binningSchema.parse(await requiredJson(deps.artifacts, version.binningKey));
  const reference = profileSchema.parse(await requiredJson(deps.artifacts, version.referenceProfileKey));
  const days = input.empty ? [] : await compactedDays(input, deps.registry);
  const { profile, slices, reports, coverage } = await loadWindow(input, days, binning, deps.data);
  const question = {
    reference,
    window: profile,
    binning,
    drift: { ...spec.monitoring.drift, ignore: unjudgedColumns(spec) },
    start,
    coverage,
    units: columnUnits(spec),
    importance: version.importance ?? {},
    presetThresholds: version.presetThresholds,
    previous: await formerWindow(input, spec.monitoring.window, deps),
  };
  const score = await scoreWithObjects({ ...question, slices }, deps.data);
  const sources = sourcesHash(days, input);
  const stored = await store(input, { profile, score, sources }, deps);
  const { rows } = profile;
  const scored = { model, kind: 'drift', version: number, start, end, rows, sourcesHash: sources } as const;
  const estimate = await estimated(version, profile, deps);
  const findings = await findingsOf(input, spec, { reports, slices }, deps);
  const { verdict } = await save({ ...scored, ...stored, ...kept(score), ...estimate, findings }, deps);
  return { model, version: number, start, verdict };
}

/** What its rows break of the rules for serving, and what was wrong with those that predict refused. */
async function findingsOf(
  window: Input,
  spec: ModelSpec,
  { reports, slices }: Pick<LoadedWindow, 'reports' | 'slices'>,
  deps: ScoreWindowDeps,
): Promise<readonly Finding[]> {
  const settled = settleFindings(reports, spec, { environment: 'serving', at: window.end });
  const refused = refusedFindings({
    hours: await refusedHours(window, deps),
    served: slices.map(({ source, profile }) => ({ start: source, rows: profile.rows })),
    slice: spec.monitoring.window === 'hour' ? 'hour' : 'day',
  });
  const isError = ({ severity }: Finding) => severity === 'error';
  return keptFindings([...refused, ...settled].sort((a, b) => Number(isError(b)) - Number(isError(a))));
}

/** Once more where a slice that carries a shift lies in several objects, to say in which. */
async function scoreWithObjects(
  question: ScoreProfiles & Pick<LoadedWindow, 'slices'>,
  data: ObjectStore,
): Promise<DriftScore> {
  const score = scoreProfiles(question);
  const slices = await withObjects(question.slices, score.columns, data);
  return slices === undefined ? score : scoreProfiles({ ...question, slices });
}

/** The quality that the window's scores alone let expect; nothing for a version whose holdout taught nothing. */
async function estimated(
  { calibrationKey }: ModelVersion,
  { columns }: Profile,
  { artifacts }: ScoreWindowDeps,
): Promise<Pick<DriftWindow, 'estimate'>> {
  if (calibrationKey === undefined) return {};
  const calibration = calibrationSchema.parse(await requiredJson(artifacts, calibrationKey));
  const score = columns['output.score'];
  return { estimate: estimateQuality(score?.kind === 'numeric' ? score : undefined, calibration) };
}

interface ToStore {
  readonly profile: Profile;
  readonly score: DriftScore;
  readonly sources: string;
}

async function store({ model, version, start }: Input, all: ToStore, { artifacts }: ScoreWindowDeps) {
  const id = `window-${start}-v${version}-${all.sources.slice(0, 16)}`;
  const [profileKey, reportKey] = [keys.profile(model, id), keys.profile(model, `${id}-drift`)];
  await artifacts.putJson(profileKey, all.profile);
  await artifacts.putJson(reportKey, all.score satisfies DriftReport);
  return { profileKey, reportKey };
}

/** What of a score the window's item holds; the report has all of it. */
function kept({ evidence: _, columns, preset, ...score }: DriftScore) {
  return { ...score, columns: columnsToKeep(columns), ...(preset && { preset: presetToKeep(preset) }) };
}

type Scored = Omit<DriftWindow, 'revision' | 'scoredAt' | 'signal'>;

function save(scored: Scored, { registry, now }: ScoreWindowDeps): Promise<DriftWindow> {
  const { model, start, version } = scored;
  const key = sk.window(start, 'drift', version);
  const scoredAt = now().toISOString();
  return registry.decide(model, async (current): Promise<Decision<DriftWindow>> => {
    known(model, current);
    const before = await registry.get<DriftWindow>(model, key);
    if (before?.sourcesHash === scored.sourcesHash) return { answer: before };
    const signal = before?.signal;
    const revision = (before?.revision ?? 0) + 1;
    const window: DriftWindow = { ...scored, revision, scoredAt, ...(signal && { signal }) };
    return { answer: window, entry: scoredEntry(window, before), writes: [{ sk: key, item: window }] };
  });
}
