import { MAX_EXAMPLES } from '../data/settle-findings.ts';
import type { Finding } from '../findings.ts';

/** Enough for people; one error rejects the dataset already. A merge of a hundred such lists stays below a few megabytes. */
const MAX_OF_OBJECTS = 500;

export interface SummedFindings {
  readonly findings: readonly Finding[];
  /** Findings about whole objects beyond those kept. */
  readonly leftOut: number;
}

/**
 * Findings of several objects as those of one: rows that break the same rule of the same column or constraint are added up, with the first twenty
 * examples; a finding about a whole object stays as it is, errors first.
 *
 * @example sumFindings([twoCold, threeCold]).findings[0].rows // 5
 */
export function sumFindings(findings: readonly Finding[]): SummedFindings {
  const counted = new Map<string, Finding>();
  const ofObjects: Finding[] = [];
  for (const finding of findings) {
    const { rule, constraint, column } = finding;
    if (finding.rows === undefined || (column ?? constraint) === undefined) {
      ofObjects.push(finding);
      continue;
    }
    const key = JSON.stringify([rule, constraint, column]);
    const before = counted.get(key);
    counted.set(key, before ? summed(before, finding) : finding);
  }
  const sorted = [...ofObjects.filter(isError), ...ofObjects.filter((f) => !isError(f))];
  return {
    findings: [...sorted.slice(0, MAX_OF_OBJECTS), ...counted.values()],
    leftOut: Math.max(0, sorted.length - MAX_OF_OBJECTS),
  };
}

/** Its share and sentence are those of the first until they are settled over all rows. */
function summed(a: Finding, b: Finding): Finding {
  // Row numbers mean something in their own object only, and a finding names one.
  const { object, examples } = a.examples?.length || a.object === b.object ? a : b;
  const more = a.object === b.object ? (b.examples ?? []) : [];
  const shown = [...(examples ?? []), ...more].slice(0, MAX_EXAMPLES);
  return {
    ...a,
    rows: (a.rows ?? 0) + (b.rows ?? 0),
    ...(object !== undefined && { object }),
    ...(shown.length > 0 && { examples: shown }),
  };
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
