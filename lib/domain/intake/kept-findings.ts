import type { Finding } from '../findings.ts';

/** A dataset is one item of at most 400 KB: this many findings with this many examples of 200 characters stay below half of it. */
const MAX_FINDINGS = 40;
const MAX_EXAMPLES = 5;

/**
 * The findings that a dataset keeps for people: the first ones, each with a few examples, and how many more there were.
 * Whether it is accepted was decided on all of them.
 *
 * @param findings errors first
 * @example keptFindings(fortyTwo).at(-1)?.message // 'dataset has 2 more findings'
 */
export function keptFindings(findings: readonly Finding[]): readonly Finding[] {
  const kept = findings
    .slice(0, MAX_FINDINGS)
    .map((f) => (f.examples ? { ...f, examples: f.examples.slice(0, MAX_EXAMPLES) } : f));
  const more = findings.length - kept.length;
  if (more === 0) return kept;
  const severity = findings.slice(MAX_FINDINGS).some((f) => f.severity === 'error') ? 'error' : 'warning';
  return [...kept, { rule: 'more-findings', severity, message: `dataset has ${more} more findings` }];
}
