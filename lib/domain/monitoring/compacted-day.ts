import type { RuleReport } from '../data/settle-findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { ServedDay } from './served-day.ts';

/** A day of one version's log after compaction; the newest one is the day's item. */
export interface CompactedDay extends ServedDay {
  readonly model: string;
  readonly version: number;
  /** Distinct predictions. */
  readonly rows: number;
  /** Share of them (0–1) that were counted; 1 when left out. */
  readonly coverage?: number;
  /** Raw objects that could not be read, whose predictions are missing. */
  readonly unreadable?: readonly string[];
  /** Keys in the data bucket: the rows as Parquet, and the `DayProfile`. */
  readonly key: string;
  readonly profileKey: string;
}

/** What a day's slices hold: their profiles under the version's binning, and what they break of the spec's rules for serving. */
export interface DayProfile {
  readonly slices: readonly DaySlice[];
}

export interface DaySlice {
  readonly start: string;
  readonly profile: Profile;
  /** A window's findings are those of its slices, settled. */
  readonly report: RuleReport;
}
