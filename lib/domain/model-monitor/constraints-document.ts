import { z } from 'zod';

const share = z.number().min(0).max(1);

const thresholds = z.object({
  evaluate_constraints: z.enum(['Enabled', 'Disabled']).optional(),
  datatype_check_threshold: share.optional(),
  domain_content_threshold: share.optional(),
});

const feature = z.object({
  name: z.string().min(1),
  inferred_type: z.enum(['Integral', 'Fractional', 'String', 'Unknown']),
  completeness: share,
  num_constraints: z.object({ is_non_negative: z.boolean().optional() }).optional(),
  string_constraints: z.object({ domains: z.array(z.string()).optional() }).optional(),
  monitoringConfigOverrides: thresholds.optional(),
});

/** `constraints.json` of SageMaker Model Monitor, as far as it says what data must be like. */
export const constraintsDocument = z.object({
  version: z.literal(0),
  features: z.array(feature),
  monitoring_config: thresholds.optional(),
});

export type ConstraintsDocument = z.output<typeof constraintsDocument>;
export type MonitoredFeature = ConstraintsDocument['features'][number];
export type MonitoringThresholds = z.output<typeof thresholds>;
