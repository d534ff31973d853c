import type { PresetReport } from '../drift/preset-report.ts';
import type { Finding, MonitorCheck } from '../findings.ts';

/** `constraint_violations.json` of SageMaker Model Monitor. */
export interface ViolationsDocument {
  readonly violations: readonly {
    readonly feature_name: string;
    readonly constraint_check_type: MonitorCheck | 'baseline_drift_check';
    readonly description: string;
  }[];
}

/**
 * Findings, and what the preset `sagemaker` found to have drifted, as SageMaker Model Monitor reports them. A finding of a rule that
 * it has not, or about no column, is left out.
 *
 * Source: Amazon SageMaker Developer Guide, "Schema for Violations (constraint_violations.json file)".
 * @example violationsDocument([{ rule: 'schema-missing-column', alias: 'missing_column_check', column: 'age', … }]).violations.length // 1
 */
export function violationsDocument(findings: readonly Finding[], preset?: PresetReport): ViolationsDocument {
  const broken = findings.flatMap(({ alias, column, message }) =>
    alias === undefined || column === undefined
      ? []
      : [{ feature_name: column, constraint_check_type: alias, description: message }],
  );
  const theirs = preset?.preset === 'sagemaker' ? preset.columns : [];
  const drifted = theirs
    .filter((column) => column.drifted)
    .map(({ column, method, score, threshold }) => ({
      feature_name: column,
      constraint_check_type: 'baseline_drift_check' as const,
      description: `Baseline drift distance: ${score} exceeds threshold: ${threshold} (${method})`,
    }));
  return { violations: [...broken, ...drifted] };
}
