import { describe, expect, it } from 'vitest';
import { constraintsDocument } from '../../../lib/domain/model-monitor/constraints-document.ts';
import { proposeFromConstraints } from '../../../lib/domain/model-monitor/propose-constraints.ts';
import { specSchema } from '../../../lib/domain/spec.ts';
import { delaySpec } from '../../support/a-world.ts';

// The fields of the SageMaker Developer Guide's "Schema for Constraints (constraints.json file)".
const DOCUMENT = {
  version: 0,
  features: [
    {
      name: 'age',
      inferred_type: 'Integral',
      completeness: 1,
      num_constraints: { is_non_negative: true },
      monitoringConfigOverrides: {},
    },
    {
      name: 'income',
      inferred_type: 'Fractional',
      completeness: 0.95,
      num_constraints: { is_non_negative: false },
      monitoringConfigOverrides: { datatype_check_threshold: 0.02 },
    },
    {
      name: 'state',
      inferred_type: 'String',
      completeness: 1,
      string_constraints: { domains: ['MA', 'NY'] },
      monitoringConfigOverrides: {},
    },
    { name: 'notes', inferred_type: 'Unknown', completeness: 0, monitoringConfigOverrides: {} },
  ],
  monitoring_config: {
    evaluate_constraints: 'Enabled',
    emit_metrics: 'Enabled',
    datatype_check_threshold: 0.1,
    domain_content_threshold: 0.05,
    distribution_constraints: {
      perform_comparison: 'Enabled',
      comparison_threshold: 0.1,
      comparison_method: 'Robust',
      categorical_comparison_threshold: 0.1,
      categorical_drift_method: 'LInfinity',
    },
  },
};
const proposed = (more: object = {}) =>
  proposeFromConstraints(constraintsDocument.parse({ ...DOCUMENT, ...more }));

describe('a schema from Model Monitor’s constraints.json', () => {
  it('has type, completeness and sign as fields of the column', () => {
    const { columns } = proposed();
    expect(columns.map(({ wanted }) => wanted)).toEqual([
      { name: 'age', type: 'integer', min: 0 },
      { name: 'income', type: 'number', nullable: true, maxNullShare: expect.closeTo(0.05, 12) },
      { name: 'state', type: 'string' },
    ]);
    expect(columns[1]?.because).toEqual(['inferred_type Fractional', 'completeness 0.95']);
  });

  it('has its thresholds as tolerances, a feature’s own first', () => {
    expect(proposed().constraints.map(({ wanted }) => wanted)).toEqual([
      { id: 'type-0', kind: 'type', column: 'age', tolerance: 0.1 },
      { id: 'type-1', kind: 'type', column: 'income', tolerance: 0.02 },
      { id: 'domains-2', kind: 'vocabulary', column: 'state', values: ['MA', 'NY'], tolerance: 0.05 },
    ]);
  });

  it('leaves out what has no type, with the reason', () => {
    expect(proposed().leftOut).toEqual([{ wanted: 'notes', because: ['its inferred_type is Unknown'] }]);
  });

  it('asks for no constraint where they are not evaluated', () => {
    expect(proposed({ monitoring_config: { evaluate_constraints: 'Disabled' } }).constraints).toEqual([]);
  });

  it('is a schema that a spec takes', () => {
    const { columns, constraints } = proposed();
    const { columns: own, ...schema } = delaySpec().schema;
    const both = [...own, ...columns.map(({ wanted }) => wanted)];
    const wanted = { ...schema, columns: both, constraints: constraints.map(({ wanted: w }) => w) };
    expect(specSchema.safeParse({ ...delaySpec(), schema: wanted }).error?.issues).toBeUndefined();
  });

  it('refuses a completeness that is no share', () => {
    expect(
      constraintsDocument.safeParse({
        version: 0,
        features: [{ name: 'a', inferred_type: 'String', completeness: 2 }],
      }).success,
    ).toBe(false);
  });
});
