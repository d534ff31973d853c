import { join } from 'node:path';
import type { LabelRecord } from '../../lib/domain/labels/label.ts';
import { labelCheck } from '../../lib/domain/labels/label-check.ts';
import { EVENT_TIME, PREDICTION_ID, RECEIVED_AT } from '../../lib/domain/monitoring/day-columns.ts';
import { joinLabels } from '../../lib/domain/monitoring/join-labels.ts';
import { inputColumns, type ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import {
  type LoggedRows,
  labelledPredictions,
  rowsInWindow,
} from '../../lib/engine/read/logged-predictions.ts';
import { writeParquetRows } from '../../lib/engine/read/rows.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';
import { INFLUENCED_FILE } from '../../lib/names.ts';

export interface LabelledRows {
  readonly rows: LoggedRows;
  readonly labels: readonly LabelRecord[];
  readonly spec: ModelSpec;
  readonly folder: string;
  /** Wall clock, ISO 8601 UTC: predictions and labels that were received later are not known yet. */
  readonly until: string;
}

/** How many rows a file got, by its name; influenced ones lie in a file of their own. */
export type WrittenRows = Readonly<Record<string, number>>;

/** What the world decided. */
export const PLAIN_FILE = 'rows.parquet';

/**
 * Writes the labelled predictions of a window as raw data: the columns of the spec, as if they had been uploaded, in one file
 * for what the world decided and one for what the model had a part in. Where labels contradict each other, or are none of the
 * version's, there is no row. The order follows from the rows, so that the same rows and labels make the same bytes.
 */
export async function writeLabelledRows(work: LabelledRows, engine: Engine): Promise<WrittenRows> {
  const { rows, labels, spec, folder, until } = work;
  const known = labels.filter((label) => label.receivedAt <= until);
  const check = labelCheck(spec);
  const predictions = await labelledPredictions(rows, known, folder, engine);
  const joined = joinLabels(predictions, known, (label) => check(label) === undefined);
  const labelled = joined.rows.filter(({ contested }) => !contested);
  const winners = join(folder, 'labels.parquet');
  const columns = [
    { name: PREDICTION_ID, type: 'string' },
    { ...labelColumn(spec), name: 'label' },
    { name: 'influenced', type: 'boolean' },
  ] as const;
  const influenced = influence(spec);
  await writeParquetRows(
    labelled.map(({ predictionId, label, winner }) => ({
      predictionId,
      label,
      influenced: influenced(winner),
    })),
    columns,
    winners,
    engine,
  );
  const write = (name: string) =>
    engine.copy(statement(work, winners, name === INFLUENCED_FILE), join(folder, name));
  return { [PLAIN_FILE]: await write(PLAIN_FILE), [INFLUENCED_FILE]: await write(INFLUENCED_FILE) };
}

function statement({ rows, spec, until }: LabelledRows, winners: string, influenced: boolean): string {
  const inputs = inputColumns(spec).map(
    ({ name }) => `p.${quoteIdentifier(`input.${name}`)} AS ${quoteIdentifier(name)}`,
  );
  const id = quoteIdentifier(PREDICTION_ID);
  const known = `p.${quoteIdentifier(RECEIVED_AT)} <= TIMESTAMP ${quoteString(until.replace('T', ' ').replace('Z', ''))}`;
  return `SELECT ${[...inputs, `l.label AS ${quoteIdentifier(spec.schema.label)}`].join(', ')}
     FROM ${rowsInWindow(rows)} p JOIN read_parquet(${quoteString(winners)}) l ON p.${id} = l.${id}
     WHERE l.influenced = ${influenced} AND ${known}
     ORDER BY p.${quoteIdentifier(EVENT_TIME)}, p.${id}`;
}

function labelColumn(spec: ModelSpec) {
  const label = spec.schema.columns.find((column) => column.name === spec.schema.label);
  if (label === undefined) throw new Error(`the spec has no column ${spec.schema.label}`);
  return label;
}

function influence({ labels }: ModelSpec): (label: LabelRecord) => boolean {
  const sources = new Set(labels.influencedSources);
  return ({ influenced, source }) => influenced ?? sources.has(source);
}
