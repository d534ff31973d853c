import { describe, expect, it } from 'vitest';
import type { Head } from '../../../lib/domain/registry/head.ts';
import { startRelease } from '../../../lib/domain/release/start-release.ts';
import { AT } from '../../support/a-model.ts';
import { aVersion } from '../../support/a-release.ts';

const head: Head = {
  model: 'delay',
  specHash: 's1',
  nextVersion: 3,
  champion: 1,
  killSwitch: false,
  openIncidents: 0,
  retraining: { startedInDay: 0, startedInMonth: 0 },
  ledger: { seq: 7, hash: 'h' },
  createdAt: AT,
};
const request = {
  head,
  version: aVersion(2),
  actor: 'token/t2',
  reason: 'better',
  at: AT,
  leaseExpiresAt: 'later',
};

describe('startRelease', () => {
  it('takes the lock and says in its entry what starts the execution', () => {
    expect(startRelease({ ...request, runId: 'r2' })).toMatchObject({
      verdict: 'started',
      lock: { holder: 'delay-v2-r8', expiresAt: 'later' },
      release: { id: 'delay-v2-r8', version: 2, from: 1, runId: 'r2', status: 'running', attempt: 1 },
      entry: { action: 'release-started', facts: { releaseId: 'delay-v2-r8', attempt: 1, version: 2 } },
    });
  });

  it('is refused while another release holds the lock, though it has expired', () => {
    const locked = { ...head, releaseLock: { holder: 'x', expiresAt: '2013-01-01T00:00:00.000Z' } };
    expect(startRelease({ ...request, head: locked })).toEqual({
      verdict: 'refused',
      reason: 'release x is in progress',
    });
  });

  it('is refused for the version that serves', () => {
    expect(startRelease({ ...request, version: aVersion(1) })).toMatchObject({ verdict: 'refused' });
  });

  it('is refused for a version that retires', () => {
    for (const status of ['retiring', 'retired'] as const)
      expect(startRelease({ ...request, version: aVersion(2, { status }) })).toEqual({
        verdict: 'refused',
        reason: `version 2 is ${status}`,
      });
  });
});
