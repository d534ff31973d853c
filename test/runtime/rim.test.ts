import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConflictError, InvalidInputError, UnavailableError } from '../../lib/domain/errors.ts';
import { errorAnswer } from '../../lib/runtime/errors.ts';
import { logger } from '../../lib/runtime/logger.ts';
import { embeddedMetrics } from '../../lib/runtime/metrics.ts';
import { task } from '../../lib/runtime/task.ts';

describe('the logger', () => {
  it('writes one JSON line with every id, and errors with their cause', () => {
    const lines: string[] = [];
    const log = logger('close-run', { model: 'm' }, (line) => lines.push(line)).with({ runId: 'r' });
    log.error('failed', { error: new Error('outer', { cause: new Error('inner') }) });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      fn: 'close-run',
      message: 'failed',
      model: 'm',
      runId: 'r',
      error: { name: 'Error', message: 'outer', cause: { message: 'inner' } },
    });
  });
});

describe('metrics', () => {
  it('are published with their dimensions and once without', () => {
    const lines: string[] = [];
    embeddedMetrics((line) => lines.push(line)).emit('PredictionsServed', 3, 'Count', { Model: 'm' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Mooring',
            Dimensions: [['Model'], []],
            Metrics: [{ Name: 'PredictionsServed', Unit: 'Count' }],
          },
        ],
      },
      Model: 'm',
      PredictionsServed: 3,
    });
  });
});

describe('errorAnswer', () => {
  it('maps each class of error to one status', () => {
    expect(errorAnswer(new ConflictError('run r1 is in progress'))).toMatchObject({
      status: 409,
      code: 'conflict',
    });
    expect(errorAnswer(new UnavailableError('x')).status).toBe(503);
    const details = [{ path: 'rows.0', message: 'm' }];
    expect(errorAnswer(new InvalidInputError('x', { details }))).toMatchObject({ status: 422, details });
  });

  it('tells nothing of an error that is nobody’s business', () => {
    const answer = errorAnswer(new Error('password is hunter2'));
    expect(answer).toEqual({
      status: 500,
      code: 'internal',
      message: 'the request failed on our side',
      details: [],
    });
  });
});

describe('a task', () => {
  const double = task('double', z.object({ n: z.number() }), async ({ n }) => n * 2);

  it('parses its event and answers', async () => {
    expect(await double({ n: 2, more: true })).toBe(4);
  });

  it('names every field of an event that it does not know', async () => {
    await expect(double({ n: 'x' })).rejects.toMatchObject({
      name: 'InvalidInputError',
      details: [{ path: 'n' }],
    });
  });

  it('lets an error through untouched, for the state machine to name', async () => {
    const error = new ConflictError('no');
    const failing = task('failing', z.unknown(), () => Promise.reject(error));
    await expect(failing({})).rejects.toBe(error);
  });
});
