import { Aws, CfnMapping } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IMAGE_ACCOUNTS, type TrainerImage } from '../settings.ts';

/** URI of a managed image in the region of the stack, which is known when the stack is deployed. */
export function trainerImageUri(scope: Construct, image: TrainerImage): string {
  const mapping = Object.entries(IMAGE_ACCOUNTS).map(([region, account]) => [region, { account }]);
  const accounts = new CfnMapping(scope, 'TrainerImageAccounts', { mapping: Object.fromEntries(mapping) });
  return `${accounts.findInMap(Aws.REGION, 'account')}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${image}`;
}
