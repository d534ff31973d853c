import { ConflictError } from '../../lib/domain/errors.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { holdoutFolder, type PreparedSet } from '../../lib/domain/training/prepared-set.ts';
import { checkedColumns } from '../../lib/engine/spec-sql/check-features.ts';
import { keys } from '../../lib/names.ts';
import { requiredSpec } from '../../lib/stores/required.ts';
import type { PrepareDataDeps } from './deps.ts';
import { uploadGolden } from './golden-set.ts';
import { labelledRows, uploadHoldout } from './prepare-set.ts';
import type { SetWork } from './set-work.ts';

/** What is worked on, with the raw files only if they are needed. */
export interface ChampionWork extends Omit<SetWork, 'raw' | 'folder'> {
  readonly set: PreparedSet;
  readonly withRawFiles: <T>(work: (files: Pick<SetWork, 'raw' | 'folder'>) => Promise<T>) => Promise<T>;
}

/** The folder of the holdout as the champion reads it: the same rows by the champion's own features.sql. */
export async function championHoldout(
  champion: ModelVersion,
  work: ChampionWork,
  deps: PrepareDataDeps,
): Promise<string> {
  const { run, spec, contentKey, set } = work;
  const own = await requiredSpec(deps.registry, run.model, champion.specHash);
  const folder = holdoutFolder(spec, own);
  const exists = await deps.data.head(keys.prepared(run.model, contentKey, `${folder}/part-0.jsonl`));
  if (exists !== undefined) return folder;
  const features = (await checkedColumns(own)).map((column) => column.name);
  await work.withRawFiles(async (files) => {
    const setWork = { ...work, ...files };
    const range = { from: run.holdoutFrom, to: run.to };
    const { file, rows } = await labelledRows({ work: setWork, spec: own, ...range, name: folder }, deps);
    if (rows !== set.rows.holdout)
      throw new ConflictError(
        `champion ${champion.number} must read the same ${set.rows.holdout} holdout rows under its own spec, got ${rows}`,
      );
    if (spec.evaluation.golden) await uploadGolden({ work: setWork, spec: own, features, folder }, deps);
    await uploadHoldout({ work: setWork, file, features, folder }, deps);
  });
  return folder;
}
