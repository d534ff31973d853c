import type { BadPart, FaultCause } from '../causes/cause.ts';

/** A data fault; while one is open the guard starts nothing. */
export interface Incident {
  readonly model: string;
  readonly id: string;
  readonly kind: 'dataset-rejected' | 'data-fault';
  readonly status: 'open' | 'closed';
  readonly summary: string;
  readonly subject: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  /** A token's id, or `platform/route-causes` when clean windows closed it. */
  readonly closedBy?: string;
  readonly reason?: string;
  /** Of a data fault: what it is, in which columns (none when all rows are concerned), and where it began. */
  readonly cause?: FaultCause;
  readonly columns?: readonly string[];
  readonly firstBad?: BadPart;
  /** The windows that showed it, by start. They are left out of training data, while it is open and after. */
  readonly windows?: readonly FaultyWindow[];
  /** A person said, at closing or after: the windows are good after all and may be learned from. */
  readonly keepWindows?: boolean;
  /** Who said so after it was closed, and why. */
  readonly kept?: WindowsKept;
}

export interface WindowsKept {
  readonly at: string;
  /** A token's id. */
  readonly by: string;
  readonly reason: string;
}

export interface FaultyWindow {
  readonly version: number;
  /** ISO 8601 UTC, half open. */
  readonly start: string;
  readonly end: string;
}
