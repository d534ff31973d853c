import { aliasOf, type Finding } from '../findings.ts';

/** What can be wrong with a whole object, whatever its columns hold: TFDV's names where it has one, else ours. */
export type ObjectRule =
  | 'object-format-unknown'
  | 'object-unreadable'
  | 'dataset-low-num-examples'
  | 'row-unreadable'
  | 'schema-missing-column'
  | 'schema-new-column'
  | 'unexpected-data-type';

/** A column that the spec does not name is ignored, and said. */
const WARNINGS: ReadonlySet<ObjectRule> = new Set(['schema-new-column']);

/** A finding about one object; `what` goes on after its file name. */
export function ruleOfObject(rule: ObjectRule, object: string, what: string, column?: string): Finding {
  return {
    rule,
    ...aliasOf(rule),
    ...(column === undefined ? {} : { column }),
    object,
    severity: WARNINGS.has(rule) ? 'warning' : 'error',
    message: `${object.split('/').at(-1)} ${what}`,
  };
}
