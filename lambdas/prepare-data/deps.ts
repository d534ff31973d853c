import type { Engine } from '../../lib/engine/engine.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

export interface PrepareDataDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
  /** The built-in trainer's folder. */
  readonly trainerFolder: string;
  readonly trainerImage: string;
  readonly modelRoleArn: string;
  readonly trainingInstanceType: string;
  readonly transformInstanceType: string;
}
