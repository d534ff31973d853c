import { contentHash } from '../canonical-json.ts';
import { inputColumns, type ModelSpec } from '../spec.ts';

/**
 * What decides the features of a row: the SQL, and the names and types of the columns it reads. Two specs with one hash
 * compute the same features of the same rows.
 *
 * @example featuresHash(spec) === featuresHash({ ...spec, evaluation: another }) // true
 */
export function featuresHash(spec: ModelSpec): string {
  const columns = inputColumns(spec).map(({ name, type }) => ({ name, type }));
  return contentHash({ columns, sql: spec.features.sql });
}
