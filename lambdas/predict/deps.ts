import type { RowCheck } from '../../lib/domain/predictions/row-check.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Features } from '../../lib/engine/features/features.ts';
import type { NewId, Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Metrics } from '../../lib/runtime/metrics.ts';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';
import type { Queue } from '../../lib/stores/queue.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

export interface ChampionDeps {
  readonly registry: Registry;
  readonly createFeatures: (spec: ModelSpec) => Promise<Features>;
  readonly stage: string;
  readonly now: Now;
}

export interface PredictDeps {
  readonly champions: (model: string) => Promise<Champion>;
  readonly endpoints: Pick<Endpoints, 'invoke'>;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: Now;
  readonly newId: NewId;
}

/** The version in service, ready to answer. */
export interface Champion {
  readonly version: number;
  readonly endpointName: string;
  readonly spec: ModelSpec;
  readonly features: Features;
  readonly check: RowCheck;
}
