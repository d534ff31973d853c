import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { rowErrorOf } from '../../lib/domain/intake/row-error.ts';
import { type Binning, makeBinning } from '../../lib/domain/profile/binning.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { RawObject } from '../../lib/engine/profile-object.ts';
import { proposeObjectBinning } from '../../lib/engine/propose-binning.ts';
import { validateFile } from '../../lib/engine/validate.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { fetchPiece } from '../../lib/stores/fetch-piece.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';

/** Bins for a dataset, from the first of its pieces that can be read; of none, no bins. */
export async function proposeBins(
  plan: IntakePlan,
  spec: ModelSpec,
  { landing, engine }: { readonly landing: ObjectStore; readonly engine: Engine },
): Promise<Binning> {
  for (const piece of plan.pieces) {
    const object = plan.objects[piece.object];
    if (object === undefined) continue;
    const proposed = await withTempFolder(async (folder) => {
      const fetched = await fetchPiece(object, piece.range, folder, landing);
      if (fetched.outcome !== 'fetched') return undefined;
      return proposeIfReadable(
        { file: fetched.file, objectKey: object.key, spec, receivedAt: plan.receivedAt },
        engine,
      );
    });
    if (proposed) return proposed;
  }
  return makeBinning({});
}

async function proposeIfReadable(raw: RawObject, engine: Engine): Promise<Binning | undefined> {
  if (!(await validateFile(raw, engine)).readable) return undefined;
  try {
    return await proposeObjectBinning(raw, engine);
  } catch (error) {
    // What is wrong with its rows is the object's finding, once it is profiled.
    if (rowErrorOf(error) === undefined) throw error;
    return undefined;
  }
}
