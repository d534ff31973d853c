import { describe, expect, it } from 'vitest';
import { schedule } from '../../../lib/domain/spec/schedule.ts';

const refusal = (text: string) => schedule.safeParse(text).error?.issues.map(({ message }) => message);

describe('a schedule', () => {
  it.each([
    'rate(1 minute)',
    'rate(1 day)',
    'rate(10 hours)',
    'cron(0 3 * * ? *)',
    'cron(0/15 8-18 ? JAN,JUL MON-FRI 2026-2030)',
    'cron(*/5 * L * ? *)',
    'cron(0 12 15W 1-3/2 ? *)',
    'cron(15 10 ? * 6L 2026)',
    'cron(0 0 ? * 3#2 *)',
  ])('may be %s', (text) => expect(refusal(text)).toBeUndefined());

  it.each([
    ['every hour', 'must be rate(<number> <unit>) or cron(<six fields>), got every hour'],
    ['at(2026-11-24T12:00:00)', 'must be rate(<number> <unit>) or cron(<six fields>)'],
    ['rate(every now and then)', 'must be as rate(1 hour) or rate(15 minutes)'],
    ['rate(0 hours)', 'got rate(0 hours)'],
    ['rate(1 hours)', 'got rate(1 hours)'],
    ['rate(2 weeks)', 'in minutes, hours or days'],
    [
      'cron(nonsense)',
      'must have six fields in cron(…), minute, hour, day of month, month, day of week, year',
    ],
    ['cron(0 3 * * *)', 'must have six fields'],
    ['cron(60 3 * * ? *)', 'must have 0-59 as minute in cron(…), got 60'],
    ['cron(0 3-1 * * ? *)', 'must have 0-23 as hour in cron(…), got 3-1'],
    ['cron(0 3 32 * ? *)', 'must have 1-31 as day of month'],
    ['cron(0 3 * 13 ? *)', 'must have 1-12 as month'],
    ['cron(0 3 ? * DAY *)', 'must have 1-7 as day of week'],
    ['cron(0 3 * * ? 26)', 'must have 1970-2199 as year'],
    ['cron(0/0 3 * * ? *)', 'got 0/0'],
    ['cron(, 3 * * ? *)', 'got ,'],
    ['cron(0 3 * * * *)', 'must have ? as either day of month or day of week'],
    ['cron(0 3 ? * ? *)', 'must have ? as either day of month or day of week'],
  ])('is refused as %s', (text, why) => expect(refusal(text)?.[0]).toContain(why));
});
