import type { ModelSpec } from '../../domain/spec.ts';
import { checkConstraints } from './check-constraints.ts';
import { checkFeaturesSql } from './check-features.ts';
import type { SpecIssue } from './spec-issue.ts';

/** What is wrong with the SQL and the regular expressions of a spec, [] when nothing. */
export async function checkSql(spec: ModelSpec): Promise<readonly SpecIssue[]> {
  return [...(await checkFeaturesSql(spec)), ...(await checkConstraints(spec))];
}
