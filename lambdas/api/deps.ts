import type { SchemaProposal } from '../../lib/domain/constraints/schema-proposal.ts';
import type { Problem } from '../../lib/domain/errors.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { NewId, Now } from '../../lib/runtime/clock.ts';
import type { Logger } from '../../lib/runtime/logger.ts';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';
import type { Executions } from '../../lib/stores/executions.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Queue } from '../../lib/stores/queue.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import type { TokenStore } from '../../lib/stores/registry/tokens.ts';

/** What the routes work with; the handler makes it once, a test hands in twins. */
export interface ApiDeps {
  readonly registry: Registry;
  readonly tokens: TokenStore;
  readonly landing: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly labelQueue: Queue;
  readonly executions: Executions;
  readonly endpoints: Endpoints;
  readonly inferSchema: (input: { readonly file: string; readonly name: string }) => Promise<SchemaProposal>;
  readonly checkSql: (spec: ModelSpec) => Promise<readonly Problem[]>;
  readonly stage: string;
  /** The platform's own release, a lineage node of what it decides. */
  readonly release: string;
  readonly now: Now;
  readonly newId: NewId;
  readonly log: Logger;
}
