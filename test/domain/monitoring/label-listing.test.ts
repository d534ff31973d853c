import { describe, expect, it } from 'vitest';
import {
  labelListing,
  labelObjectName,
  labelsHash,
  labelsIn,
} from '../../../lib/domain/monitoring/label-listing.ts';

const object = (date: string, name: string) => ({ key: `labels/m/${date}/${name}.jsonl.gz`, etag: 'e' });
const hour = (date: string, h: number) => ({
  start: `${date}T${String(h).padStart(2, '0')}:00:00.000Z`,
  end: new Date(Date.parse(`${date}T00:00:00Z`) + (h + 1) * 3_600_000).toISOString(),
});
const day = '2013-04-01';
const times = ['2013-04-01T05:10:00.000Z', '2013-04-01T23:59:59.999Z'];
const late = object(day, labelObjectName(times, 'm-1'));

describe('the listing of a label log', () => {
  it('says which hours an object has labels of', () => {
    const listing = labelListing([late]);
    const hours = Array.from({ length: 24 }, (_, h) => h);
    expect(hours.filter((h) => labelsIn(listing, hour(day, h)).length > 0)).toEqual([5, 23]);
    expect(labelsIn(listing, hour('2013-04-02', 5))).toEqual([]);
    expect(labelsIn(listing, { start: '2013-03-01T00:00:00.000Z', end: '2013-05-01T00:00:00.000Z' })).toEqual(
      [late],
    );
  });

  it('takes an object that names no hours to have labels of all of its day', () => {
    const whole = object(day, '6f1c2d3e-0000-4000-8000-000000000000');
    expect(labelsIn(labelListing([whole]), hour(day, 17))).toEqual([whole]);
  });

  it('changes the hash of a window only for labels of its own hours', () => {
    const [before, after] = [labelListing([]), labelListing([late])];
    expect(labelsHash('s', after, hour(day, 5))).not.toBe(labelsHash('s', before, hour(day, 5)));
    expect(labelsHash('s', after, hour(day, 6))).toBe(labelsHash('s', before, hour(day, 6)));
  });
});
