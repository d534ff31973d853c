import type { DatasetVersion } from '../registry/dataset.ts';
import type { LeftOut } from '../registry/run.ts';
import type { ModelSpec } from '../spec.ts';

/**
 * Columns that a spec wants and lets be no null, and that a dataset does not have: it was accepted before they were asked for. Read as
 * nulls, they would teach a model what is never so when it serves.
 *
 * @returns names in the spec's order; none of a dataset whose columns nobody noted down
 * @example lackingColumns({ schema: [{ name: 'at', type: 'TIMESTAMP' }] }, spec) // ['age', 'left']
 */
export function lackingColumns(
  { schema }: Pick<DatasetVersion, 'schema'>,
  spec: Pick<ModelSpec, 'schema'>,
): readonly string[] {
  if (schema === undefined) return [];
  const got = new Set(schema.map(({ name }) => name));
  return spec.schema.columns.flatMap(({ name, nullable }) => (nullable || got.has(name) ? [] : [name]));
}

/** What a run does not read of some datasets, by the columns that they lack. */
export function leftOutOf(
  datasets: readonly DatasetVersion[],
  spec: Pick<ModelSpec, 'schema'>,
): readonly LeftOut[] {
  const lacks = datasets.flatMap((d) => lackingColumns(d, spec).map((column) => ({ column, dataset: d.id })));
  return [...Map.groupBy(lacks, ({ column }) => column)].map(([column, of]) => ({
    column,
    datasets: of.length,
    dataset: of[0]?.dataset ?? '',
  }));
}

/** Columns that one sentence names. */
const TOLD = 4;

/**
 * Says of what was left out why, and what can be done.
 *
 * @example leftOutSentence([{ column: 'wind', datasets: 1, dataset: 'd1' }])
 *   // 'dataset d1 lacks column wind, which the spec does not let be null: upload data that has it, or make it nullable'
 */
export function leftOutSentence(leftOut: readonly LeftOut[]): string {
  const told = leftOut
    .slice(0, TOLD)
    .map(({ column, datasets, dataset }) =>
      datasets === 1
        ? `dataset ${dataset} lacks column ${column}`
        : `${datasets} datasets (one is ${dataset}) lack column ${column}`,
    );
  const more = leftOut.length > TOLD ? `, and there are ${leftOut.length - TOLD} more such columns` : '';
  return `${told.join(', ')}${more}, which the spec does not let be null: upload data that has it, or make it nullable`;
}
