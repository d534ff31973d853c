import { join } from 'node:path';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { GOLDEN_LABELS, GOLDEN_LINES } from '../../lib/domain/training/prepared-set.ts';
import { TooLittleDataError } from '../../lib/domain/training/too-little-data.ts';
import { computeFile } from '../../lib/engine/features/compute-file.ts';
import { writeJsonLines } from '../../lib/engine/read/rows.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';
import type { PrepareDataDeps } from './deps.ts';
import { type SetWork, upload } from './set-work.ts';

export interface GoldenReading {
  readonly work: SetWork;
  /** Whose features: the run's, or the champion's. */
  readonly spec: ModelSpec;
  readonly features: readonly string[];
  /** Holdout folder that the batch transform of the reader scores; the golden set is a second file in it. */
  readonly folder: string;
}

/** Lays the golden set beside the holdout, as one reader's features; how many rows it has, whatever their event times. */
export async function uploadGolden(
  { work, spec, features, folder }: GoldenReading,
  deps: PrepareDataDeps,
): Promise<number> {
  const file = join(work.folder, `${folder}-golden.parquet`);
  const { rows } = await computeFile({ inputs: work.raw.golden, spec, output: file }, deps.engine);
  if (rows === 0)
    throw new TooLittleDataError(
      `the golden set ${work.spec.evaluation.golden} needs at least 1 labelled row, got 0`,
    );
  const lines = join(work.folder, `${folder}-golden.jsonl`);
  await writeJsonLines({ file, columns: features, output: lines }, deps.engine);
  await upload(work, `${folder}/${GOLDEN_LINES}`, lines, deps);
  return rows;
}

/** The labels of the golden set, in the order of its lines. */
export async function uploadGoldenLabels(work: SetWork, deps: PrepareDataDeps): Promise<void> {
  const labels = join(work.folder, 'golden-labels.parquet');
  const file = quoteString(join(work.folder, 'holdout-golden.parquet'));
  const label = quoteIdentifier(work.spec.schema.label);
  await deps.engine.copy(`SELECT ${label} FROM read_parquet(${file})`, labels);
  await upload(work, GOLDEN_LABELS, labels, deps);
}
