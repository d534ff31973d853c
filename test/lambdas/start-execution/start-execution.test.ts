import { describe, expect, it } from 'vitest';
import { startExecutionInput } from '../../../lambdas/start-execution/input.ts';
import { startExecution } from '../../../lambdas/start-execution/start-execution.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';

async function started(event: unknown) {
  const calls: unknown[] = [];
  const executions = {
    start: async (...args: unknown[]) => {
      calls.push(args);
      return 'arn:e';
    },
  };
  const answer = await startExecution(startExecutionInput.parse(event), { executions, log: silentLogger });
  expect(answer).toEqual({ executionArn: 'arn:e' });
  return calls[0];
}

const entry = (action: string, subject: string, attempt = 1) => ({
  source: 'mooring',
  'detail-type': action,
  detail: { model: 'm', subject, facts: { attempt } },
});

const created = (key: string) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'landing' }, object: { key } },
});

describe('start-execution', () => {
  it('starts training for a run, by attempt', async () => {
    const input = { model: 'm', runId: 'm-r1', attempt: 2 };
    expect(await started(entry('run-restarted', 'run/m-r1', 2))).toEqual(['training', 'm-r1-2', input]);
    expect(await started(entry('run-started', 'run/m-r1'))).toEqual([
      'training',
      'm-r1-1',
      { ...input, attempt: 1 },
    ]);
  });

  it('starts a release and a retirement', async () => {
    const release = { model: 'm', releaseId: 'm-v2-r9', attempt: 1 };
    expect(await started(entry('release-started', 'release/m-v2-r9'))).toEqual([
      'release',
      'm-v2-r9-1',
      release,
    ]);
    const retirement = { model: 'm', version: 2, attempt: 3 };
    expect(await started(entry('retirement-started', 'version/2', 3))).toEqual([
      'retirement',
      'm-v2-3',
      retirement,
    ]);
  });

  it('starts intake for a completed upload', async () => {
    const input = { model: 'm', uploadId: 'u1' };
    expect(await started(created('landing/m/u1/_manifest.json'))).toEqual(['intake', 'm-u1', input]);
  });

  it('gives a name that Step Functions takes to an id that holds colons', async () => {
    const uploadId = 'window-2026-04-01T00:00:00.000Z-v1';
    const call = (await started(created(`landing/m/${uploadId}/_manifest.json`))) as unknown[];
    expect(call[1]).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
    expect(call[2]).toEqual({ model: 'm', uploadId });
  });

  it.each([
    ['another object', created('landing/m/u1/a.parquet')],
    ['a manifest elsewhere', created('datasets/m/u1/_manifest.json')],
    ['another entry', entry('window-scored', 'window/1')],
    [
      'an entry without an attempt',
      { ...entry('run-started', 'run/r'), detail: { model: 'm', subject: 'run/r', facts: {} } },
    ],
  ])('refuses %s', (_, event) => {
    expect(startExecutionInput.safeParse(event).success).toBe(false);
  });
});
