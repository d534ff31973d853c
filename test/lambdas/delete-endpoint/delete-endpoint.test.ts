import { describe, expect, it } from 'vitest';
import { deleteEndpoint, deleteEndpointInput } from '../../../lambdas/delete-endpoint/delete-endpoint.ts';
import { memoryEndpoints } from '../../support/a-world.ts';

const endpointName = 'mooring-test-delay-v1';

describe('delete-endpoint', () => {
  it('removes an endpoint once, and says when it was gone', async () => {
    const endpoints = memoryEndpoints();
    await endpoints.deploy({
      name: endpointName,
      image: 'i',
      modelDataUrl: 's3://a/b',
      roleArn: 'arn:aws:iam::0:role/m',
      memoryMb: 2048,
      maxConcurrency: 5,
      environment: {},
      model: 'delay',
    });
    expect(await deleteEndpoint({ endpointName }, { endpoints })).toEqual({ deleted: true });
    expect(await deleteEndpoint({ endpointName }, { endpoints })).toEqual({ deleted: false });
  });

  it('takes no name that is not the platform’s own', () => {
    expect(deleteEndpointInput.safeParse({ endpointName: 'another-teams-endpoint' }).success).toBe(false);
  });
});
