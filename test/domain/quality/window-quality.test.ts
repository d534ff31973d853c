import { describe, expect, it } from 'vitest';
import { measureFairness } from '../../../lib/domain/fairness/measure-fairness.ts';
import { joinLabels } from '../../../lib/domain/monitoring/join-labels.ts';
import { windowQuality } from '../../../lib/domain/quality/window-quality.ts';

/** A hundred answers to women and men, of which so many are right. */
const answers = (right: number) =>
  Array.from({ length: 100 }, (_, i) => ({
    predicted: '1',
    label: i < right ? '1' : '0',
    groups: [i % 2 ? 'f' : 'm'],
  }));
const fairness = (right: number) =>
  measureFairness(answers(right), { groups: [{ column: 'sex' }], minRows: 10 }, ['1']);
const measured = (task: 'binary' | 'multiclass') =>
  windowQuality({
    task,
    joined: joinLabels([], []),
    fairness: fairness(40),
    holdoutFairness: fairness(90),
  });

describe('windowQuality', () => {
  it('says how accuracy changed by group where right and wrong can be told from the counts', () => {
    expect(measured('binary').changes).toMatchObject([
      { measure: 'accuracy', by: 'sex', verdict: 'drifted' },
    ]);
  });

  it('says nothing of groups for several classes, whose counts only tell favourable from not', () => {
    expect(measured('multiclass').changes).toEqual([]);
    expect(measured('multiclass').fairness?.counts[0]?.column).toBe('sex');
  });
});
