import { describe, expect, it } from 'vitest';
import { evaluatedEntry } from '../../../lib/domain/training/evaluated-entry.ts';
import { AT, aRun } from '../../support/a-model.ts';
import { aVersion } from '../../support/a-release.ts';

const base = { run: aRun(), metric: 'auc', platform: '0.1.0', reportKey: 'r', at: AT } as const;
const version = aVersion(2);

describe('evaluatedEntry', () => {
  it('says what waits for a person, with the number that people quote', () => {
    const { alert } = evaluatedEntry({ ...base, version, outcome: 'awaiting-approval' });
    expect(alert?.sentence).toBe(
      'Version 2 of churn (auc 0.800 on 240 held-out rows) passed its gates and waits for approval.',
    );
  });

  it('quotes no number that was not measured', () => {
    const unmeasured = { ...version, metrics: {} };
    const { alert } = evaluatedEntry({ ...base, version: unmeasured, outcome: 'awaiting-approval' });
    expect(alert?.sentence).toBe('Version 2 of churn passed its gates and waits for approval.');
  });

  it('gives the failed gate as the reason of a rejection', () => {
    const gate = { metric: 'auc', atLeast: 0.9 } as const;
    const gates = [
      { gate, metric: 'auc', verdict: 'fail', reason: 'auc is 0.800, wanted at least 0.900' } as const,
    ];
    const { alert } = evaluatedEntry({ ...base, version: { ...version, gates }, outcome: 'rejected' });
    expect(alert?.sentence).toContain('was rejected: auc is 0.800, wanted at least 0.900.');
  });

  it('leads from the version to data, spec, code, image and platform', () => {
    const { inputs, outputs } = evaluatedEntry({ ...base, version, outcome: 'approved' });
    expect(inputs).toContainEqual({ kind: 'dataset', id: 'churn/d1' });
    expect(inputs).toContainEqual({ kind: 'code', id: 'c1' });
    expect(outputs).toEqual([{ kind: 'version', id: 'churn/2' }]);
  });
});
