/** The one item per model that every decision is optimistic on. */
export interface Head {
  readonly model: string;
  readonly specHash: string;
  /** Number that the next registered version gets; versions count from 1. */
  readonly nextVersion: number;
  readonly champion?: number;
  /** The champion before, whose endpoint is kept for rollback. */
  readonly previousChampion?: number;
  readonly runLock?: Lease;
  readonly releaseLock?: Lease;
  readonly killSwitch: boolean;
  readonly openIncidents: number;
  readonly retraining: RetrainCounters;
  readonly ledger: { readonly seq: number; readonly hash: string };
  readonly createdAt: string;
  readonly deleted?: boolean;
}

/** A lock that ends by itself: longer than the execution it guards can run. */
export interface Lease {
  readonly holder: string;
  /** ISO 8601 UTC, wall clock. */
  readonly expiresAt: string;
}

/** Wall-clock counters of machine-started runs, and what runs have learned from. */
export interface RetrainCounters {
  readonly lastStartedAt?: string;
  /** UTC day `2026-11-24` and how many started in it. */
  readonly day?: string;
  readonly startedInDay: number;
  /** UTC month `2026-11`. */
  readonly month?: string;
  readonly startedInMonth: number;
  /** Event time of the newest label that a run which was evaluated could learn from. */
  readonly labelledUntil?: string;
}

/** A model before its first decision. */
export function newHead(model: string, createdAt: string): Head {
  return {
    model,
    specHash: '',
    nextVersion: 1,
    killSwitch: false,
    openIncidents: 0,
    retraining: { startedInDay: 0, startedInMonth: 0 },
    ledger: { seq: 0, hash: '0'.repeat(64) },
    createdAt,
  };
}
