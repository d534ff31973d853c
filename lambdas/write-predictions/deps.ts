import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';

export interface WritePredictionsDeps {
  readonly data: ObjectStore;
  readonly registry: Registry;
  readonly now: Now;
}
