import { describe, expect, it } from 'vitest';
import { championTransformKey, planJob } from '../../../lib/domain/training/job-plan.ts';
import { delaySpec } from '../../support/a-world.ts';

const from = { contentKey: 'k', codeHash: 'c', image: 'i' };
const tuned = delaySpec({
  training: { days: 10, holdoutDays: 4, challenger: { algorithm: 'linear', tune: 8 } },
});

describe('planJob', () => {
  it('trains a simple baseline and a boosted challenger unless the spec says otherwise', () => {
    expect(planJob('baseline', delaySpec(), from).hyperparameters.algorithm).toBe('linear');
    expect(planJob('challenger', delaySpec(), from).hyperparameters.algorithm).toBe('gradient-boosting');
    expect(planJob('challenger', tuned, from).hyperparameters).toMatchObject({
      algorithm: 'linear',
      tune: '8',
    });
  });

  it('names a result by all it follows from', () => {
    const key = planJob('challenger', delaySpec(), from).trainingKey;
    expect(planJob('challenger', delaySpec(), from).trainingKey).toBe(key);
    const others = [
      planJob('baseline', delaySpec(), from),
      planJob('challenger', tuned, from),
      ...(['contentKey', 'codeHash', 'image'] as const).map((field) =>
        planJob('challenger', delaySpec(), { ...from, [field]: 'another' }),
      ),
    ];
    expect(new Set([key, ...others.map((job) => job.trainingKey)]).size).toBe(6);
    expect(new Set(others.map((job) => job.transformKey)).size).toBe(5);
  });
});

describe('championTransformKey', () => {
  it('follows the model and the holdout', () => {
    expect(championTransformKey('m1', 'h1')).not.toBe(championTransformKey('m1', 'h2'));
    expect(championTransformKey('m1', 'h1')).not.toBe(championTransformKey('m2', 'h1'));
  });
});
