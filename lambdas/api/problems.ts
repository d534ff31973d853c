import type { z } from '@hono/zod-openapi';
import type { Problem } from '../../lib/domain/errors.ts';

type Issue = z.core.$ZodIssue;

/** Where a part of a request stands in the path of a problem; the body's fields stand alone. */
export type Part = 'json' | 'query' | 'param' | 'header';

/** Every problem of a refused part of a request, one a field. */
export function problemsOf(issues: readonly Issue[], part: Part = 'json'): readonly Problem[] {
  const prefix = part === 'json' ? [] : [part];
  return issues.flatMap((issue) => problemsOfIssue(issue, prefix));
}

function problemsOfIssue(issue: Issue, prefix: readonly PropertyKey[]): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: text([...path, key]), message: 'is no known key' }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return closest(issue.errors).flatMap((inner) => problemsOfIssue(inner, path));
  return [{ path: text(path), message: sentence(issue) }];
}

/** The alternative that the input was probably meant to be: the one with the fewest issues. */
function closest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...alternatives].sort((a, b) => a.length - b.length)[0] ?? [];
}

function text(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** zod's own sentences begin with a capital; the house's do not. */
function sentence(issue: Issue): string {
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}
