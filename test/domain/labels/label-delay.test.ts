import { describe, expect, it } from 'vitest';
import { DELAY_EDGES_SECONDS, labelDelay } from '../../../lib/domain/labels/label-delay.ts';

const HOUR = 3600;

describe('labelDelay', () => {
  it('says how long half, nine tenths and all of the labels took', () => {
    const delays = Array.from({ length: 100 }, (_, i) => (i + 1) * HOUR).reverse();
    expect(labelDelay(delays)).toMatchObject({
      n: 100,
      early: 0,
      p50Seconds: 50 * HOUR,
      p90Seconds: 90 * HOUR,
      maxSeconds: 100 * HOUR,
    });
  });

  it('counts each delay in one bin, the longest in the open one', () => {
    const found = labelDelay([30, 60, 61, 2 * HOUR, 400 * 24 * HOUR]);
    expect(found?.histogram).toHaveLength(DELAY_EDGES_SECONDS.length + 1);
    expect(found?.histogram).toEqual([2, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('takes a label that was there first as no delay, and says so', () => {
    expect(labelDelay([-5, 10])).toMatchObject({ early: 1, p50Seconds: 0, maxSeconds: 10 });
  });

  it('knows nothing of no delay', () => {
    expect(labelDelay([])).toBeUndefined();
  });
});
