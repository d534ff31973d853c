import { MOST_OF_A_TYPE } from '../../domain/data/infer-type.ts';
import type { Engine } from '../engine.ts';
import type { AnyColumn } from './any-column.ts';
import { columnGroups } from './column-groups.ts';
import { parsedColumn } from './parsed-column.ts';
import type { Source } from './source.ts';

/**
 * The columns of a CSV file as all its rows have them. A type is inferred from the first rows; a column with too many later values
 * that are not of it holds texts, so that the order of rows changes nothing.
 */
export async function settledTypes(
  columns: readonly AnyColumn[],
  source: Source,
  engine: Pick<Engine, 'query'>,
): Promise<readonly AnyColumn[]> {
  const asked = columns.filter(({ type }) => type !== 'string');
  const refuted = new Set<string>();
  for (const some of columnGroups(asked)) {
    const shares = some.map(({ name, type }, i) => {
      const { raw, unreadable } = parsedColumn({ name, type, nullable: true, tolerance: 0 }, source);
      return `count_if(${unreadable}) / count(${raw}) AS s${i}`;
    });
    const [found] = await engine.query<Record<string, number | null>>(
      `SELECT ${shares.join(', ')} FROM ${source.relation}`,
    );
    for (const [i, { name }] of some.entries())
      if ((found?.[`s${i}`] ?? 0) > 1 - MOST_OF_A_TYPE) refuted.add(name);
  }
  return columns.map((column) =>
    refuted.has(column.name) ? { ...column, type: 'string', kind: 'categorical' } : column,
  );
}
