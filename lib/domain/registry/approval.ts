/** A person's decision on a candidate version; its id is `<model>-v<number>`. */
export interface Approval {
  readonly model: string;
  readonly id: string;
  readonly version: number;
  readonly runId: string;
  readonly status: 'open' | 'approved' | 'rejected';
  /** Token of the run's human starter, who may not decide it; absent for runs the guard started. */
  readonly starter?: string;
  readonly requestedAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly reason?: string;
}
