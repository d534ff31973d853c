import { describe, expect, it } from 'vitest';
import { requireEnoughData, TooLittleDataError } from '../../../lib/domain/training/too-little-data.ts';

const enough = {
  train: 50,
  validation: 5,
  holdout: 20,
  classes: 2,
  range: { from: 'A', holdoutFrom: 'B', to: 'C' },
};

describe('requireEnoughData', () => {
  it('lets enough data pass', () => {
    expect(() => requireEnoughData(enough, 'binary')).not.toThrow();
    expect(() => requireEnoughData({ ...enough, classes: 1 }, 'regression')).not.toThrow();
  });

  it.each([
    [{ train: 49 }, 'training needs at least 50 labelled rows from A to B, got 49'],
    [{ holdout: 19 }, 'the holdout needs at least 20 labelled rows from B to C, got 19'],
    [{ classes: 1 }, 'training for binary needs at least 2 classes of label from A to B, got 1'],
  ])('says what is missing of %o', (less, sentence) => {
    expect(() => requireEnoughData({ ...enough, ...less }, 'binary')).toThrow(TooLittleDataError);
    expect(() => requireEnoughData({ ...enough, ...less }, 'binary')).toThrow(sentence);
  });
});
