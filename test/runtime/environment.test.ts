import { afterEach, describe, expect, it, vi } from 'vitest';
import { environment } from '../../lib/runtime/environment.ts';

afterEach(() => vi.unstubAllEnvs());

describe('environment', () => {
  it('answers what is asked for, typed and read', () => {
    vi.stubEnv('MOORING_TABLE', 'Registry');
    vi.stubEnv('MOORING_STATE_MACHINE_ARNS', '{"training":"arn:aws:states:x"}');
    expect(environment('table', 'stateMachineArns')).toEqual({
      table: 'Registry',
      stateMachineArns: { training: 'arn:aws:states:x' },
    });
  });

  it('names every variable that is missing or malformed, without its value', () => {
    vi.stubEnv('MOORING_TABLE', '');
    vi.stubEnv('MOORING_FUNCTION_ARNS', '{secret');
    vi.stubEnv('MOORING_LABEL_QUEUE_URL', 'secret');
    const read = () => environment('table', 'dataBucket', 'functionArns', 'labelQueueUrl');
    expect(read).toThrow(
      /MOORING_TABLE.*MOORING_DATA_BUCKET.*MOORING_FUNCTION_ARNS: must be JSON.*LABEL_QUEUE_URL/,
    );
    expect(read).not.toThrow(/secret/);
  });

  it('refuses a state machine that the platform does not have', () => {
    vi.stubEnv('MOORING_STATE_MACHINE_ARNS', '{"other":"arn:aws:states:x"}');
    expect(() => environment('stateMachineArns')).toThrow('MOORING_STATE_MACHINE_ARNS');
  });
});
