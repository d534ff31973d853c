import { contentHash } from '../canonical-json.ts';
import type { IntakePlan } from './intake-plan.ts';

/**
 * Names one opening of an upload, so that two of them, or one under a new spec, never read each other's shards.
 *
 * @example planId(plan) // 16 hex digits
 */
export function planId(plan: Omit<IntakePlan, 'pieces' | 'batches'>): string {
  const { specHash, datasetId, receivedAt, binningKey, championBinningKey } = plan;
  return contentHash({ specHash, datasetId, receivedAt, binningKey, championBinningKey }).slice(0, 16);
}
