import type { Engine } from '../../lib/engine/engine.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

export interface ProfileObjectDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
}
