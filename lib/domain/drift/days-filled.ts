import type { TimestampProfile } from '../profile/timestamp-profile.ts';

const HOURS_OF_DAY = 24;

/**
 * Over how many days times spread as if each had as many: few rows long before the others make no longer span. The inverse of
 * Simpson's concentration.
 *
 * @returns 0 without rows
 * Source: Simpson, Measurement of Diversity (Nature 163, 1949); Hill's number of order 2 (1973).
 * @example of 100 rows on one day and 1 on another: 1.0199…
 */
export function daysFilled({ arrivals: { unitHours, counts } }: TimestampProfile): number {
  const unit = Math.max(unitHours, HOURS_OF_DAY);
  const cells = new Map<number, number>();
  for (const [interval, rows] of counts) {
    const cell = Math.floor((interval * unitHours) / unit);
    cells.set(cell, (cells.get(cell) ?? 0) + rows);
  }
  const rows = [...cells.values()];
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const squares = rows.reduce((sum, count) => sum + count * count, 0);
  return ((total * total) / squares) * (unit / HOURS_OF_DAY);
}
