import type { Cell } from './contributions.ts';
import type { ColumnEvidence } from './evidence.ts';
import type { SourceShare } from './source-shares.ts';
import type { ColumnRole, DriftCheck, DriftKind } from './verdict.ts';

/** One column's change between a reference and a window: the check that decided, and all that is known beside it. */
export interface ColumnDrift extends Omit<DriftCheck, 'aspect' | 'sentence'> {
  /** `input.x`, `feature.x` or `output.x`. */
  readonly column: string;
  readonly role: ColumnRole;
  readonly kind: DriftKind;
  /** Of each bound, 0–1: 0.95 for one question, more where a window asks many (false discovery rate). */
  readonly confidence?: number;
  readonly rows: number;
  /** Every question asked, the gravest answer first. */
  readonly checks: readonly DriftCheck[];
  /** What else is usually computed, by name of the catalogue; nothing is decided by it. */
  readonly statistics: Readonly<Record<string, number>>;
  /** Bins or categories that moved, largest first. */
  readonly contributions?: readonly Cell[];
  /** Share (0–1) of the window's whole shift, copies of one column counted once. */
  readonly shareOfShift?: number;
  /** Weight of the column for the model, where it is known, and what that makes of its drift: weight · min(effect/threshold, 4). */
  readonly importance?: number;
  readonly priority?: number;
  /** What this and the former windows say together. */
  readonly evidence?: ColumnEvidence;
  /** Days or hours of the window that carry the shift, most first. */
  readonly bySource?: readonly SourceShare[];
  /** A sentence, or why it cannot be measured. */
  readonly explanation: string;
}
