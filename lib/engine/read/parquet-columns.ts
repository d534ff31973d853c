import type { Engine } from '../engine.ts';
import { parquetRows, quoteString } from '../sql-text.ts';
import { exceedingDates } from './exceeding-dates.ts';
import { refuseSameNames } from './same-names.ts';
import type { SourceColumn } from './source-column.ts';

/** The columns of a Parquet file. Throws UnreadableContentError where the engine would give one of them another name. */
export async function parquetColumns(
  file: string,
  engine: Pick<Engine, 'query'>,
): Promise<readonly SourceColumn[]> {
  const fields = await engine.query<Field>(
    `SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${quoteString(file)})`,
  );
  refuseSameNames(outermost(fields));
  const described = await engine.query<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${parquetRows(file)}`,
  );
  const columns = described.map((row) => ({ name: row.column_name, type: row.column_type }));
  const exceeding = await exceedingDates(columns, file, engine);
  return columns.map((c) => ({ ...c, ...(exceeding.has(c.name) && { exceedsDates: true }) }));
}

/** A field of the schema, which lists the fields within it right after it; the first is the whole. */
interface Field {
  readonly name: string;
  readonly children: number;
}

function outermost([, ...fields]: readonly Field[]): readonly string[] {
  let within = 0;
  return fields.flatMap(({ name, children }) => {
    const isColumn = within === 0;
    within += children - (isColumn ? 0 : 1);
    return isColumn ? name : [];
  });
}
