import { join } from 'node:path';
import type { LabelRecord } from '../../lib/domain/labels/label.ts';
import { EVENT_TIME, PREDICTION_ID } from '../../lib/domain/monitoring/day-columns.ts';
import { joinLabels } from '../../lib/domain/monitoring/join-labels.ts';
import { inputColumns, type ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { type LoggedRows, readPredictions, rowsInWindow } from '../../lib/engine/logged-predictions.ts';
import { writeParquetRows } from '../../lib/engine/rows.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';

export interface LabelledRows {
  readonly rows: LoggedRows;
  readonly labels: readonly LabelRecord[];
  readonly spec: ModelSpec;
  readonly folder: string;
}

/**
 * Writes the labelled predictions of a window as raw data: the columns of the spec, as if they had been uploaded. The order
 * follows from the rows, so that the same rows and labels make the same bytes.
 *
 * @returns how many
 */
export async function writeLabelledRows(
  { rows, labels, spec, folder }: LabelledRows,
  output: string,
  engine: Engine,
): Promise<number> {
  const label = spec.schema.columns.find((column) => column.name === spec.schema.label);
  if (label === undefined) throw new Error(`the spec has no column ${spec.schema.label}`);
  const joined = joinLabels(await readPredictions(rows, engine), labels);
  const winners = join(folder, 'labels.parquet');
  const columns = [
    { name: PREDICTION_ID, type: 'string' },
    { ...label, name: 'label' },
  ] as const;
  await writeParquetRows(
    joined.rows.map(({ predictionId, label: value }) => ({ predictionId, label: value })),
    columns,
    winners,
    engine,
  );
  const inputs = inputColumns(spec).map(
    ({ name }) => `p.${quoteIdentifier(`input.${name}`)} AS ${quoteIdentifier(name)}`,
  );
  const id = quoteIdentifier(PREDICTION_ID);
  return engine.copy(
    `SELECT ${[...inputs, `l.label AS ${quoteIdentifier(label.name)}`].join(', ')}
     FROM ${rowsInWindow(rows)} p JOIN read_parquet(${quoteString(winners)}) l ON p.${id} = l.${id}
     ORDER BY p.${quoteIdentifier(EVENT_TIME)}, p.${id}`,
    output,
  );
}
