import { z } from 'zod';
import { ConflictError } from '../../lib/domain/errors.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { ModelVersion, VersionStatus } from '../../lib/domain/registry/version.ts';
import { endpointName } from '../../lib/names.ts';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';

export const deployEndpointInput = z.object({
  model: z.string().min(1),
  releaseId: z.string().min(1),
  attempt: z.number().int().positive(),
});

export interface DeployEndpointDeps {
  readonly registry: Registry;
  readonly endpoints: Endpoints;
  readonly stage: string;
  readonly modelRoleArn: string;
}

export interface EndpointDeployed {
  readonly model: string;
  readonly releaseId: string;
  readonly version: number;
  readonly endpointName: string;
}

/** Where the managed image finds the inference script inside the model's archive. */
const SERVING = { SAGEMAKER_PROGRAM: 'inference.py', SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code' };

const RELEASABLE: readonly VersionStatus[] = ['approved', 'previous', 'in-service'];

/** Asks for the endpoint of the version that a release is about, unless it exists; the state machine waits for it. */
export async function deployEndpoint(
  { model, releaseId, attempt }: z.output<typeof deployEndpointInput>,
  deps: DeployEndpointDeps,
): Promise<EndpointDeployed> {
  const release = await requiredItem<Release>(deps.registry, model, sk.release(releaseId));
  if (release.status !== 'running' || release.attempt !== attempt)
    throw new ConflictError(
      `attempt ${attempt} of release ${releaseId} must be running, got ${release.status}`,
    );
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(release.version));
  if (!RELEASABLE.includes(version.status))
    throw new ConflictError(
      `version ${version.number} must be approved to be released, got ${version.status}`,
    );
  const { serving } = await requiredSpec(deps.registry, model, version.specHash);
  const name = endpointName(deps.stage, model, version.number);
  await deps.endpoints.deploy({
    name,
    model,
    image: version.image,
    modelDataUrl: version.modelDataUrl,
    roleArn: deps.modelRoleArn,
    ...serving,
    environment: SERVING,
  });
  return { model, releaseId, version: version.number, endpointName: name };
}
