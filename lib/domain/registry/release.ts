import type { RunError } from './run.ts';

/** Moving traffic to a version. */
export interface Release {
  readonly model: string;
  readonly id: string;
  readonly version: number;
  readonly kind: 'promotion' | 'rollback';
  readonly status: 'running' | 'completed' | 'failed';
  readonly attempt: number;
  readonly runId?: string;
  readonly from?: number;
  /** The version whose endpoint the promotion made superfluous. */
  readonly displaced?: number;
  readonly startedAt: string;
  readonly closedAt?: string;
  readonly error?: RunError;
}
