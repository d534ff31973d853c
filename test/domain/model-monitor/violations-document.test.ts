import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import { violationsDocument } from '../../../lib/domain/model-monitor/violations-document.ts';

const missing: Finding = {
  rule: 'schema-missing-column',
  alias: 'missing_column_check',
  column: 'age',
  severity: 'error',
  message: 'age is missing',
};
const column = { column: 'temp', method: 'Robust', alarm: 'above', score: 0.3, threshold: 0.1 } as const;
const drift = (preset: 'sagemaker' | 'tfdv') =>
  ({
    preset,
    drifted: true,
    columns: [
      { ...column, drifted: true },
      { ...column, column: 'rain', drifted: false },
    ],
  }) as const;

describe('findings as Model Monitor’s constraint_violations.json', () => {
  it('have its check types, drift by its own rule among them', () => {
    expect(violationsDocument([missing], drift('sagemaker'))).toEqual({
      violations: [
        { feature_name: 'age', constraint_check_type: 'missing_column_check', description: 'age is missing' },
        {
          feature_name: 'temp',
          constraint_check_type: 'baseline_drift_check',
          description: 'Baseline drift distance: 0.3 exceeds threshold: 0.1 (Robust)',
        },
      ],
    });
  });

  it('leave out what it has no name for, and other libraries’ drift', () => {
    const { alias: _, ...unnamed } = missing;
    expect(violationsDocument([unnamed], drift('tfdv'))).toEqual({ violations: [] });
  });
});
