import type { Finding } from '../findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { DriftWindow, QualityWindow } from '../registry/window.ts';
import type { ColumnSpec } from '../spec.ts';

/** A window and all that speaks for or against a cause. */
export interface CauseQuestion {
  readonly window: Pick<DriftWindow, 'start' | 'end' | 'rows' | 'verdict' | 'explanation' | 'columns'>;
  readonly profile: Profile;
  /** The days of the window, or its one hour, oldest first; a day without traffic has no part. */
  readonly parts: readonly WindowPart[];
  /** What the version learned from. */
  readonly reference: Profile;
  /** Windows before this one that no fault spoiled, oldest first; [] for the first. */
  readonly former: readonly Profile[];
  /** Their newest parts, oldest first. */
  readonly formerParts: readonly Profile[];
  readonly traffic: Traffic;
  /** Broken rules of serving, settled over the window. */
  readonly findings: readonly Finding[];
  /** The window's quality as far as labels have come. */
  readonly quality?: QualityWindow;
  readonly columns: readonly ColumnSpec[];
  /** Fewest rows that may be judged. */
  readonly minRows: number;
}

export interface WindowPart {
  /** ISO 8601 UTC, half open. */
  readonly start: string;
  readonly end: string;
  /** Key of the object that holds its rows, in the data bucket. */
  readonly object: string;
  readonly profile: Profile;
}

/** Rows of the model by day or hour, all versions together: who answers does not change how much is asked. */
export interface Traffic {
  readonly unit: 'hour' | 'day';
  /** The parts of the window, those without traffic included, oldest first. */
  readonly now: readonly RowsServed[];
  /** Parts before it, any order. */
  readonly before: readonly RowsServed[];
}

export interface RowsServed {
  readonly start: string;
  readonly rows: number;
}

const INPUT = 'input.';

/** The inputs of a profile: a fault upstream shows there, and what follows from it (features, outputs) needs no second name. */
export function inputsOf(profile: Profile): readonly (readonly [string, Profile['columns'][string]])[] {
  return Object.entries(profile.columns).filter(([name]) => name.startsWith(INPUT));
}

/** The column of the spec that a profiled input is. */
export function specColumn(name: string, columns: readonly ColumnSpec[]): ColumnSpec | undefined {
  return columns.find((column) => `${INPUT}${column.name}` === name);
}
