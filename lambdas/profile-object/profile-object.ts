import { z } from 'zod';
import { NotFoundError } from '../../lib/domain/errors.ts';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { PiecesFailedError } from '../../lib/domain/intake/piece-failures.ts';
import { keys } from '../../lib/names.ts';
import { requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import type { ProfileObjectDeps } from './deps.ts';
import { shardOfPiece } from './shard-of-piece.ts';

export const profileObjectInput = z.object({
  folder: z.string().min(1),
  batch: z.number().int().nonnegative(),
});

export interface ObjectsProfiled {
  readonly batch: number;
  readonly pieces: number;
}

/**
 * Checks and profiles the pieces of one batch, a shard each; what is wrong with the data lies in the shards. A piece that has its shard
 * is done, so a second try takes up only what the first one could not do.
 *
 * @throws PiecesFailedError that names every piece which could not be read, after all others are done
 */
export async function profileObject(
  { folder, batch }: z.output<typeof profileObjectInput>,
  deps: ProfileObjectDeps,
): Promise<ObjectsProfiled> {
  const plan = await requiredJson<IntakePlan>(deps.artifacts, keys.intakePlan(folder));
  const pieces = plan.batches[batch];
  if (pieces === undefined)
    throw new NotFoundError(
      `upload ${plan.uploadId} has ${plan.batches.length} batches, got number ${batch}`,
    );
  const spec = await requiredSpec(deps.registry, plan.model, plan.specHash);
  const failed = new Map<number, unknown>();
  for (let piece = pieces.first; piece < pieces.end; piece++) {
    const shardKey = keys.intakeShard(folder, piece);
    if (await deps.artifacts.head(shardKey)) continue;
    try {
      await deps.artifacts.putJson(shardKey, await shardOfPiece({ plan, piece, spec }, deps));
    } catch (error) {
      failed.set(piece, error);
    }
  }
  if (failed.size > 0) throw new PiecesFailedError(failed);
  return { batch, pieces: pieces.end - pieces.first };
}
