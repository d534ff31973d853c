import type { PreparedSet } from './prepared-set.ts';

/** What one attempt of a run was set up with; the evaluation and the version's lineage read it. */
export interface RunDocument {
  readonly model: string;
  readonly runId: string;
  readonly attempt: number;
  readonly prepared: PreparedSet;
  readonly codeHash: string;
  readonly image: string;
  /** Result of the challenger's training. */
  readonly challengerKey: string;
}
