import { describe, expect, it } from 'vitest';
import { inputOf, type PredictEvent, respondError } from '../../../lambdas/predict/http.ts';
import type { Role } from '../../../lib/domain/registry/token.ts';

function anEvent(
  body: string | undefined,
  roles: readonly Role[] = ['caller'],
  models = ['churn'],
): PredictEvent {
  const principal = JSON.stringify({ tokenId: 't', name: 'app', roles, models });
  return {
    pathParameters: { model: 'churn' },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
    requestContext: { authorizer: { lambda: { principal } } },
  };
}

const answerTo = (event: PredictEvent) => {
  try {
    return inputOf(event);
  } catch (error) {
    const { statusCode, body } = respondError(error);
    return { statusCode, ...JSON.parse(body ?? '') };
  }
};

describe('a call of predict over HTTP', () => {
  it('reads model and rows', () => {
    expect(answerTo(anEvent('{"rows":[{"a":1}]}'))).toEqual({ model: 'churn', rows: [{ a: 1 }] });
  });

  it('reads a body that the gateway encoded', () => {
    const event = { ...anEvent(Buffer.from('{"rows":[]}').toString('base64')), isBase64Encoded: true };
    expect(answerTo(event)).toEqual({ model: 'churn', rows: [] });
  });

  it.each([
    [
      { requestContext: {}, pathParameters: { model: 'churn' }, isBase64Encoded: false, body: '{"rows":[]}' },
      403,
    ],
    [anEvent('{"rows":[]}', ['viewer']), 403],
    [anEvent('{"rows":[]}', ['caller'], ['other']), 403],
    [anEvent(JSON.stringify({ rows: ['x'.repeat(1_000_000)] })), 413],
    [anEvent('{rows'), 422],
    [anEvent(undefined), 422],
    [anEvent('{"rows": 5}'), 422],
  ] as const)('answers case %# with its status and an error body', (event, status) => {
    expect(answerTo(event as PredictEvent)).toMatchObject({
      statusCode: status,
      error: { code: expect.any(String), message: expect.any(String), details: expect.any(Array) },
    });
  });

  it('names the limit that a body exceeds', () => {
    const event = anEvent(JSON.stringify({ rows: ['x'.repeat(1_000_000)] }));
    expect(answerTo(event)).toMatchObject({
      error: { message: 'the body must be at most 1000000 bytes, got 1000013' },
    });
  });

  it('tells nothing of an unexpected error', () => {
    expect(respondError(new Error('secret')).body).not.toContain('secret');
  });
});
