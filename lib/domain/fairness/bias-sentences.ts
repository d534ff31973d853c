import type { FairnessReport } from './fairness-report.ts';
import { MEASURES } from './measures.ts';

export interface BiasSentence {
  /** Same measure, same group: the same id in every report. */
  readonly id: string;
  readonly sentence: string;
}

/**
 * What lies outside its allowed range, for people.
 *
 * @example biasSentences(report)[0]?.sentence // 'disparate impact of sex f is 0.627 (0.535 to 0.724), outside 0.8 to 1.25'
 */
export function biasSentences(report: FairnessReport | undefined): readonly BiasSentence[] {
  return (report?.comparisons ?? []).flatMap(({ column, group, findings }) =>
    findings
      .filter((finding) => finding.verdict === 'outside')
      .map(({ measure, value, lower = Number.NaN, upper = Number.NaN }) => {
        const { title, allowed } = MEASURES.find((m) => m.name === measure) ?? { title: measure };
        const range = `${lower.toFixed(3)} to ${upper.toFixed(3)}`;
        return {
          id: `${measure}/${column}/${group}`,
          sentence: `${title} of ${column} ${group} is ${value?.toFixed(3) ?? 'infinite'} (${range}), outside ${allowed?.join(' to ')}`,
        };
      }),
  );
}
