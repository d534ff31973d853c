import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../lib/domain/training/judge-run.ts';
import { delaySpec } from '../../support/a-world.ts';

const good = { challenger: { auc: 0.8 }, baseline: { auc: 0.7 } };
const automatic = delaySpec({ approval: { policy: 'automatic' } });

describe('judgeRun', () => {
  it('leaves a version that passed to people, or approves it by policy', () => {
    expect(judgeRun(delaySpec(), good, {}).outcome).toBe('awaiting-approval');
    expect(judgeRun(automatic, good, {}).outcome).toBe('approved');
  });

  it('rejects what fails, and what cannot be measured', () => {
    expect(judgeRun(automatic, { ...good, challenger: { auc: 0.5 } }, {}).outcome).toBe('rejected');
    expect(judgeRun(automatic, { ...good, challenger: {} }, {}).outcome).toBe('rejected');
  });

  it('compares with a champion only while it is the one that was measured', () => {
    const metrics = { ...good, champion: { auc: 0.75 } };
    expect(judgeRun(automatic, metrics, { measured: 1, serving: 1 }).outcome).toBe('approved');
    const changed = judgeRun(automatic, metrics, { measured: 1, serving: 2 });
    expect(changed).toMatchObject({
      outcome: 'rejected',
      gates: [{ verdict: 'pass' }, { verdict: 'not-measurable' }],
    });
    expect(judgeRun(automatic, good, { serving: 2 }).gates[1]?.reason).toBe(
      'the run was measured against no champion, and version 2 serves now',
    );
  });
});
