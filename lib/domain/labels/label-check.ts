import { type ValueCheck, valueCheck } from '../predictions/value.ts';
import type { ModelSpec } from '../spec.ts';

/**
 * What a spec asks of a label's value.
 *
 * @example labelCheck(spec)('very late') // 'must be true or false, got "very late"'
 */
export function labelCheck({ schema }: Pick<ModelSpec, 'schema'>): ValueCheck {
  const column = schema.columns.find(({ name }) => name === schema.label);
  return column === undefined ? () => 'names no column' : valueCheck(column);
}
