import { describe, expect, it } from 'vitest';
import { eventTimeIssue, eventTimeOf } from '../../../lib/domain/predictions/event-time.ts';

const RECEIVED_AT = '2026-11-24T12:00:00.000Z';

describe('eventTimeOf', () => {
  it.each([
    ['2013-04-01', '2013-04-01T00:00:00.000Z'],
    ['2013-04-01 05:00', '2013-04-01T05:00:00.000Z'],
    ['2013-04-01T05:00:00-05:00', '2013-04-01T10:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, time) => {
    expect(eventTimeOf(text)).toBe(time);
  });

  it.each(['soon', '2013-02-31', '9999-12-31T23:59:59-05:00', '0000-01-01T00:00:00+05:00', 7])(
    'takes %s for no time',
    (value) => {
      expect(eventTimeOf(value)).toBeUndefined();
    },
  );
});

describe('eventTimeIssue', () => {
  it.each(['1970-01-01T00:00:00.001Z', '2013-04-01T05:00:00.000Z', '2026-11-25T12:00:00.000Z'])(
    'has nothing to say of %s',
    (time) => {
      expect(eventTimeIssue(time, RECEIVED_AT)).toBeUndefined();
    },
  );

  it.each([
    ['0001-01-01T00:00:00.000Z', 'must be later than 1970-01-01T00:00:00.000Z, got 0001-01-01T00:00:00.000Z'],
    ['1970-01-01T00:00:00.000Z', 'must be later than 1970-01-01T00:00:00.000Z, got 1970-01-01T00:00:00.000Z'],
    [
      '9999-12-31T00:00:00.000Z',
      'must be at most a day after its receipt, 2026-11-25T12:00:00.000Z, got 9999-12-31T00:00:00.000Z',
    ],
  ])('says why %s cannot be', (time, issue) => {
    expect(eventTimeIssue(time, RECEIVED_AT)).toBe(issue);
  });
});
