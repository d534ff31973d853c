import type { Binning } from '../lib/domain/profile/binning.ts';
import type { Profile } from '../lib/domain/profile/profile.ts';

/** A file to be profiled and scored, and by what. */
export interface Work {
  readonly current: string;
  readonly binning: Binning;
  readonly reference: Profile;
}
