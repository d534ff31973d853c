import type { Engine } from '../../lib/engine/engine.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

export interface EvaluateRunDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
  /** The platform's own release, a lineage node of every version. */
  readonly release: string;
  readonly now: Now;
}
