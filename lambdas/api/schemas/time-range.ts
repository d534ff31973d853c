import type { KeyRange } from '../../../lib/stores/registry/registry.ts';
import { isoTime } from './fields.ts';

/** Times at or after `from` and before `to`; either may be left out. */
export const timeRange = { from: isoTime.optional(), to: isoTime.optional() };

export interface TimeRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The same range of keys that begin with a time, which is stored in UTC. */
export function keyRange({ from, to }: TimeRange): KeyRange {
  return {
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

/** Whether a time lies in a range, whatever offsets the two are written with. */
export function isWithin(time: string, { from, to }: TimeRange): boolean {
  const at = Date.parse(time);
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}
