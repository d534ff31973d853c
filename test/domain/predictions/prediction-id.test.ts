import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../lib/domain/predictions/event-time.ts';
import { addressOf, predictionId } from '../../../lib/domain/predictions/prediction-id.ts';

describe('predictionId', () => {
  it('names the version and the hour of event time', () => {
    expect(predictionId(3, '2013-04-01T05:59:59.999Z', 'abcdefgh')).toBe('3-2013040105-abcdefgh');
  });

  it('is read back to where its record lies, for every version and hour', () => {
    const times = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), times, (version, time) => {
        const iso = time.toISOString();
        expect(addressOf(predictionId(version, iso, 'abcdefgh'))).toEqual({
          version,
          date: iso.slice(0, 10),
          hour: iso.slice(11, 13),
        });
      }),
    );
  });

  it.each([
    '',
    '0-2013040105-abcdefgh',
    '3-2013040199-abcdefgh',
    '3-2013139905-abcdefgh',
    '3-2013040105-../../x',
  ])('is not %j', (text) => {
    expect(addressOf(text)).toBeUndefined();
  });
});

describe('eventTimeOf', () => {
  it.each([
    ['2013-04-01', '2013-04-01T00:00:00.000Z'],
    ['2013-04-01 05:00:00', '2013-04-01T05:00:00.000Z'],
    ['2013-04-01T05:00:00.123456Z', '2013-04-01T05:00:00.123Z'],
    ['2013-04-01T05:00:00+02:00', '2013-04-01T03:00:00.000Z'],
  ])('reads %s as %s: without a zone it is UTC', (text, iso) => {
    expect(eventTimeOf(text)).toBe(iso);
  });

  it.each([1364792400000, null, '', 'April 1, 2013', '2013-13-01', '2013-02-31', '2013-02-31T05:00:00Z'])(
    'reads no time from %j',
    (value) => {
      expect(eventTimeOf(value)).toBeUndefined();
    },
  );
});
