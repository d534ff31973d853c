import type { ColumnProposal } from '../constraints/propose-columns.ts';
import type { SchemaProposal } from '../constraints/schema-proposal.ts';
import type { ConstraintsDocument, MonitoredFeature, MonitoringThresholds } from './constraints-document.ts';

/** What Model Monitor takes for both of its thresholds. */
const USUAL_THRESHOLD = 0.1;

const TYPES = { Integral: 'integer', Fractional: 'number', String: 'string' } as const;

/**
 * The schema that a `constraints.json` of SageMaker Model Monitor asks for, to be reviewed like any other proposal. Its comparison
 * of distributions is no part of a schema: `monitoring.drift.preset: sagemaker` says what it would.
 *
 * @returns features of an unknown type among `leftOut`; no rows, for none were looked at
 * Source: Amazon SageMaker Developer Guide, "Schema for Constraints (constraints.json file)".
 * @example proposeFromConstraints({ version: 0, features: [age] }).columns[0]?.wanted // { name: 'age', type: 'integer', min: 0 }
 */
export function proposeFromConstraints({ features, monitoring_config }: ConstraintsDocument): SchemaProposal {
  const known = features.filter(({ inferred_type }) => inferred_type !== 'Unknown');
  return {
    rows: 0,
    sampledRows: 0,
    columns: known.map(columnOf),
    constraints: known.flatMap((feature, i) =>
      constraintsOf(feature, { ...monitoring_config, ...feature.monitoringConfigOverrides }, i),
    ),
    leftOut: features
      .filter(({ inferred_type }) => inferred_type === 'Unknown')
      .map(({ name }) => ({ wanted: name, because: ['its inferred_type is Unknown'] })),
  };
}

function columnOf(feature: MonitoredFeature): ColumnProposal['column'] {
  const { name, inferred_type, completeness, num_constraints } = feature;
  const nonNegative = num_constraints?.is_non_negative === true && inferred_type !== 'String';
  const incomplete = completeness < 1;
  return {
    wanted: {
      name,
      type: TYPES[inferred_type as keyof typeof TYPES],
      ...(incomplete && { nullable: true, maxNullShare: 1 - completeness }),
      ...(nonNegative && { min: 0 }),
    },
    because: [
      `inferred_type ${inferred_type}`,
      `completeness ${completeness}`,
      ...(nonNegative ? ['is_non_negative'] : []),
    ],
  };
}

function constraintsOf(
  { name, inferred_type, string_constraints }: MonitoredFeature,
  limits: MonitoringThresholds,
  place: number,
): ColumnProposal['constraints'] {
  if (limits.evaluate_constraints === 'Disabled') return [];
  const {
    datatype_check_threshold: ofType = USUAL_THRESHOLD,
    domain_content_threshold: ofDomain = USUAL_THRESHOLD,
  } = limits;
  const domains = string_constraints?.domains ?? [];
  const type = { id: `type-${place}`, kind: 'type', column: name, tolerance: ofType } as const;
  const vocabulary = { id: `domains-${place}`, kind: 'vocabulary', column: name, values: domains } as const;
  return [
    ...(inferred_type === 'String'
      ? []
      : [{ wanted: type, because: [`datatype_check_threshold ${ofType}`] }]),
    ...(inferred_type === 'String' && domains.length > 0
      ? [
          {
            wanted: { ...vocabulary, tolerance: ofDomain },
            because: [`domains, domain_content_threshold ${ofDomain}`],
          },
        ]
      : []),
  ];
}
