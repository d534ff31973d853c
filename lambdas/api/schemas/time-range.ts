import { isoTime } from './fields.ts';

/** Times at or after `from` and before `to`; either may be left out. */
export const timeRange = { from: isoTime.optional(), to: isoTime.optional() };

/** Whether a time lies in a range, whatever offsets the two are written with. */
export function isWithin(
  time: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): boolean {
  const at = Date.parse(time);
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to));
}
