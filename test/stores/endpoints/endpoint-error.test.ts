import { describe, expect, it } from 'vitest';
import { EndpointError, endpointErrorKind } from '../../../lib/stores/endpoints/endpoint-error.ts';

const failure = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('endpointErrorKind', () => {
  it.each([
    ['timeout', failure('TimeoutError', 'socket timed out')],
    ['timeout', failure('ModelError', 'Your invocation timed out while waiting for a response', 424)],
    ['timeout', failure('ModelNotReadyException', 'not ready', 429)],
    ['throttled', failure('ThrottlingException', 'Rate exceeded', 400)],
    ['model-error', failure('ModelError', 'Received server error (500) from model', 424)],
    ['model-error', new SyntaxError('Unexpected token')],
    ['not-found', failure('ValidationError', 'Endpoint m of account 1 not found.', 400)],
    ['rejected', failure('ValidationError', 'payload is too large', 413)],
    ['unavailable', failure('InternalFailure', 'oops', 500)],
    ['unavailable', failure('Error', 'connect ECONNREFUSED')],
  ])('is %s for %s', (kind, error) => {
    expect(endpointErrorKind(error)).toBe(kind);
  });

  it('says which errors may pass by themselves', () => {
    const retryable = (kind: 'throttled' | 'model-error') => new EndpointError('m', kind, 'x').retryable;
    expect(retryable('throttled')).toBe(true);
    expect(retryable('model-error')).toBe(false);
  });
});
