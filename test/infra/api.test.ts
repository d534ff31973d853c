import { describe, expect, it } from 'vitest';
import { resources, synthesized } from './synthesized.ts';

const stages = resources(synthesized().platform, 'AWS::ApiGatewayV2::Stage');
const stage = stages.map(([, { Properties }]) => Properties)[0] ?? {};

/** Calls a second that API Gateway gives an account by default. */
const ACCOUNT_CALLS_A_SECOND = 10_000;

describe('the stage of the API', () => {
  it('is one, and takes no more calls a second than a first guard allows', () => {
    expect(stages).toHaveLength(1);
    const settings = (stage.DefaultRouteSettings ?? {}) as Record<string, number>;
    const { ThrottlingRateLimit: rate = Number.NaN, ThrottlingBurstLimit: burst } = settings;
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThan(ACCOUNT_CALLS_A_SECOND);
    expect(burst).toBeGreaterThanOrEqual(rate);
  });

  it('logs neither tokens nor addresses', () => {
    const { Format = '' } = (stage.AccessLogSettings ?? {}) as { Format?: string };
    const variables = [...Format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name ?? '');
    expect(variables).toContain('status');
    expect(variables.filter((name) => /^(authorizer|identity)\b/.test(name))).toEqual([]);
  });
});
