import { join } from 'node:path';
import { z } from 'zod';
import { ConflictError, NotFoundError } from '../../lib/domain/errors.ts';
import type { EvaluatedRow } from '../../lib/domain/evaluation/evaluated-row.ts';
import type { PreparedSet } from '../../lib/domain/training/prepared-set.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { readParquetRows } from '../../lib/engine/read/rows.ts';
import { keys } from '../../lib/names.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { requiredFile } from '../../lib/stores/required.ts';

export type Prediction = EvaluatedRow['prediction'];
export type Label = EvaluatedRow['label'];

/** What a trainer's inference answers for one row; it is the user's code, so it is checked. */
const predictionSchema = z.object({
  label: z.union([z.boolean(), z.number(), z.string()]),
  score: z.number(),
  probabilities: z.record(z.string(), z.number()).optional(),
});

export const HOLDOUT_LINES = 'part-0.jsonl';

/**
 * The predictions of a batch transform on one of the files it scored, in the order of its lines.
 *
 * @param uri the job's output folder
 * @param lines the scored file's name
 * @throws NotFoundError without an output · ConflictError when lines are missing or are no predictions
 */
export async function readPredictions(
  uri: string,
  { lines, rows }: { readonly lines: string; readonly rows: number },
  artifacts: ObjectStore,
): Promise<readonly Prediction[]> {
  const root = artifacts.uri('');
  if (!uri.startsWith(root)) throw new ConflictError(`predictions must lie below ${root}, got ${uri}`);
  const listed = await artifacts.list(uri.slice(root.length));
  const outputs = listed.filter(({ key }) => key.endsWith(`/${lines}.out`));
  if (outputs.length === 0)
    throw new NotFoundError(`batch transform left no output of ${lines} below ${uri}`);
  const predictions: Prediction[] = [];
  for (const { key } of outputs) {
    const text = new TextDecoder().decode(await artifacts.get(key));
    for (const line of text.split('\n'))
      if (line.trim()) predictions.push(predictionOf(line, predictions.length, key));
  }
  if (predictions.length !== rows)
    throw new ConflictError(
      `predictions in ${uri} must be as many as the ${rows} holdout rows, got ${predictions.length}`,
    );
  return predictions;
}

/** Labels of a prepared set's part, in its order. */
export async function readLabels(
  model: string,
  set: PreparedSet,
  part: string,
  { data, engine }: { readonly data: ObjectStore; readonly engine: Engine },
): Promise<readonly Label[]> {
  return withTempFolder(async (folder) => {
    const file = join(folder, 'labels.parquet');
    await requiredFile(data, keys.prepared(model, set.contentKey, part), file);
    const rows = await readParquetRows<Record<string, Label>>(file, [set.label], engine);
    return rows.map((row) => row[set.label] as Label);
  });
}

/** Values, as text, of the columns that tell groups of the holdout's rows apart; in the order of its rows and of the columns. */
export async function readGroups(
  model: string,
  { contentKey }: PreparedSet,
  { part, columns }: { readonly part: string; readonly columns: readonly string[] },
  { data, engine }: { readonly data: ObjectStore; readonly engine: Engine },
): Promise<readonly (readonly (string | null)[])[]> {
  const names = columns.map((name) => `group.${name}`);
  return withTempFolder(async (folder) => {
    const file = join(folder, 'labels.parquet');
    await requiredFile(data, keys.prepared(model, contentKey, part), file);
    const rows = await readParquetRows<Record<string, string | null>>(file, names, engine);
    return rows.map((row) => names.map((name) => row[name] ?? null));
  });
}

function predictionOf(line: string, index: number, key: string): Prediction {
  const read = predictionSchema.safeParse(jsonOf(line));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new ConflictError(
    `prediction ${index} in ${key} must have label and score, got ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
