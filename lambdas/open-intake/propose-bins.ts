import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { rowErrorOf } from '../../lib/domain/intake/row-error.ts';
import { type Binning, makeBinning } from '../../lib/domain/profile/binning.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { RawObject } from '../../lib/engine/profile/profile-object.ts';
import { proposeObjectBinning } from '../../lib/engine/profile/propose-binning.ts';
import { validateFile } from '../../lib/engine/rules/validate.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { fetchPiece } from '../../lib/stores/objects/fetch-piece.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/**
 * Bins for a dataset, from the first of its pieces that can be read; of none, no bins. A piece that makes the engine fail is its worker's
 * to tell of, while another piece gives bins; when none does, its failure is thrown.
 */
export async function proposeBins(
  plan: IntakePlan,
  spec: ModelSpec,
  { landing, engine }: { readonly landing: ObjectStore; readonly engine: Engine },
): Promise<Binning> {
  let failure: { readonly error: unknown } | undefined;
  for (const piece of plan.pieces) {
    const object = plan.objects[piece.object];
    if (object === undefined) continue;
    const proposal = await withTempFolder(async (folder): Promise<Proposal> => {
      const fetched = await fetchPiece(object, piece.range, folder, landing);
      if (fetched.outcome !== 'fetched') return {};
      const raw = { file: fetched.file, objectKey: object.key, spec, receivedAt: plan.receivedAt };
      return proposalOf(raw, engine);
    });
    if (proposal.binning) return proposal.binning;
    failure ??= proposal.failure;
  }
  if (failure) throw failure.error;
  return makeBinning({});
}

interface Proposal {
  readonly binning?: Binning;
  readonly failure?: { readonly error: unknown };
}

async function proposalOf(raw: RawObject, engine: Engine): Promise<Proposal> {
  try {
    if (!(await validateFile(raw, engine)).readable) return {};
    return { binning: await proposeObjectBinning(raw, engine) };
  } catch (error) {
    // What is wrong with its rows is the object's finding, once it is profiled.
    return rowErrorOf(error) === undefined ? { failure: { error } } : {};
  }
}
