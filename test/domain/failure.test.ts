import { describe, expect, it } from 'vitest';
import { failureOf } from '../../lib/domain/failure.ts';

const causeOf = (cause?: string) =>
  failureOf({ Error: 'E', ...(cause !== undefined && { Cause: cause }) }).cause;

describe('failureOf', () => {
  it('finds SageMaker’s FailureReason in the description of the job', () => {
    const job = { TrainingJobName: 'x', FailureReason: 'AlgorithmError: "label" is\nmissing', Tags: [] };
    expect(causeOf(JSON.stringify(job))).toBe('AlgorithmError: "label" is\nmissing');
  });

  it('finds it in JSON that was cut off, also in the middle of it or of an escape', () => {
    expect(causeOf('{"FailureReason":"AlgorithmError: no rows","Se')).toBe('AlgorithmError: no rows');
    expect(causeOf('{"FailureReason":"AlgorithmError: no ro')).toBe('AlgorithmError: no ro');
    expect(causeOf('{"FailureReason":"no \\"rows\\')).toBe('no "rows');
    expect(causeOf('{"FailureReason":"no \\u00e')).toBe('no ');
  });

  it('finds a function’s message', () => {
    expect(causeOf('{"errorType":"NotFoundError","errorMessage":"model m is not known","trace":[]}')).toBe(
      'model m is not known',
    );
  });

  it('keeps a plain text, bounded, and says when there is none', () => {
    expect(causeOf('it broke')).toBe('it broke');
    expect(causeOf('x'.repeat(5000))).toHaveLength(1000);
    expect(causeOf('')).toBe('no cause was given');
    expect(failureOf({})).toEqual({ name: 'Unknown', cause: 'no cause was given' });
  });
});
