import { describe, expect, it } from 'vitest';
import { closeRunInput } from '../../../lambdas/close-run/input.ts';

const statusChange = (pipeline: string, input: object, more: object = {}) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: {
    stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:mooring-local-${pipeline}`,
    name: 'e1',
    status: 'TIMED_OUT',
    input: JSON.stringify(input),
    error: null,
    cause: null,
    ...more,
  },
});

describe('the input of close-run', () => {
  it.each([
    ['training', { model: 'm', runId: 'r1', attempt: 2 }, 'r1', 2],
    ['release', { model: 'm', releaseId: 'rel', attempt: 1 }, 'rel', 1],
    ['intake', { model: 'm', uploadId: 'u1' }, 'u1', 1],
    ['monitoring', { model: 'm' }, 'm', 1],
    ['retirement', { model: 'm', version: 3, attempt: 4 }, 'm-v3', 4],
  ])('reads how %s ended from the event', (pipeline, input, id, attempt) => {
    expect(closeRunInput.parse(statusChange(pipeline, input))).toEqual({
      pipeline,
      model: 'm',
      id,
      attempt,
      execution: 'e1',
      error: { Error: 'States.TIMED_OUT', Cause: 'execution e1 ended as TIMED_OUT' },
    });
  });

  it('takes error and cause from the event when it has them', () => {
    const event = statusChange(
      'intake',
      { model: 'm', uploadId: 'u' },
      { status: 'FAILED', error: 'E', cause: 'C' },
    );
    expect(closeRunInput.parse(event)).toMatchObject({ error: { Error: 'E', Cause: 'C' } });
  });

  it('knows its own Catch and the sweep', () => {
    const caught = {
      pipeline: 'training',
      model: 'm',
      id: 'r1',
      attempt: 1,
      error: { Error: 'E', Cause: 'C' },
    };
    expect(closeRunInput.parse(caught)).toEqual(caught);
    expect(closeRunInput.parse({ sweep: true })).toEqual({ sweep: true });
  });

  it.each([
    ['another machine', statusChange('other', { model: 'm' })],
    ['an input without its id', statusChange('training', { model: 'm' })],
    ['an input that is no JSON', statusChange('training', {}, { input: '{' })],
    [
      'an execution that succeeded',
      statusChange('training', { model: 'm', runId: 'r' }, { status: 'SUCCEEDED' }),
    ],
    ['an unknown pipeline', { pipeline: 'x', model: 'm', id: 'i', attempt: 1, error: {} }],
  ])('refuses %s', (_, event) => {
    expect(closeRunInput.safeParse(event).success).toBe(false);
  });
});
