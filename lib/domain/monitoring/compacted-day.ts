import type { RuleReport } from '../data/settle-findings.ts';
import type { Profile } from '../profile/profile.ts';
import type { ServedDay } from './served-day.ts';

/** A day of one version's log after compaction; the newest one is the day's item. */
export interface CompactedDay extends ServedDay {
  readonly model: string;
  readonly version: number;
  /** Wall clock, ISO 8601 UTC: objects that came later are not in it. */
  readonly listedAt: string;
  /** Distinct predictions. */
  readonly rows: number;
  /** Share of them (0–1) that were counted; 1 when left out. */
  readonly coverage?: number;
  /** Raw objects that could not be read, whose predictions are missing; some of them, where they are many. */
  readonly unreadable?: readonly string[];
  /** What workers compacted one each; their revisions name the files that hold the rows. */
  readonly parts: readonly DayPart[];
  /** Key of the `DayProfile` in the data bucket. */
  readonly profileKey: string;
}

/** A part of a day; short, because a day's item holds all of its parts. */
export interface DayPart {
  /** Below the day's folder of the log: '' is all of it, `05/` an hour, `05/a` the objects of it whose names begin so. */
  readonly below: string;
  readonly revision: string;
  readonly rows: number;
}

/** What a day is to be made of. */
export interface DayPlan {
  readonly day: ServedDay;
  readonly listedAt: string;
  readonly parts: readonly Omit<DayPart, 'rows'>[];
}

/** What a worker found in a part. */
export interface PartProfile {
  readonly rows: number;
  readonly coverage?: number;
  readonly unreadable?: readonly string[];
  readonly slices: readonly PartSlice[];
}

export interface PartSlice {
  readonly start: string;
  readonly profile: Profile;
  /** What it breaks of the rules for serving. */
  readonly report: RuleReport;
}

/** What a day's slices hold: their profiles under the version's binning, and what they break of the spec's rules for serving. */
export interface DayProfile {
  readonly slices: readonly DaySlice[];
}

export interface DaySlice {
  readonly start: string;
  readonly profile: Profile;
  /** One a part; a window's findings are those of its slices, settled. */
  readonly reports: readonly RuleReport[];
  /** The parts that it lies in. */
  readonly parts: readonly DayPart[];
}
