import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV, METRIC_NAMESPACE } from '../names.ts';
import type { PlatformFunction } from './platform-function.ts';
import type { Storage } from './storage.ts';

export interface EndpointsProps {
  readonly stage: string;
  readonly storage: Storage;
}

/** What SageMaker may do, and who may ask it to. Models, endpoints and configurations are `mooring-<stage>-…`. */
export class Endpoints extends Construct {
  /** Trains, scores and serves: reads prepared data, writes artifacts. */
  readonly modelRole: Role;
  private readonly stage: string;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    this.stage = props.stage;
    this.modelRole = new Role(this, 'ModelRole', {
      assumedBy: new ServicePrincipal('sagemaker.amazonaws.com'),
      description: `Mooring ${props.stage}: SageMaker trains, scores and serves`,
    });
    for (const statement of this.modelStatements(props.storage)) this.modelRole.addToPolicy(statement);
  }

  grantInvoke(fn: PlatformFunction): void {
    fn.allow(['sagemaker:InvokeEndpoint'], [this.arnOf('endpoint')]);
  }

  grantDeploy(fn: PlatformFunction): void {
    fn.addEnvironment(ENV.modelRoleArn, this.modelRole.roleArn);
    fn.allow(['sagemaker:CreateModel'], [this.arnOf('model')]);
    fn.allow(['sagemaker:CreateEndpointConfig'], [this.arnOf('endpoint-config'), this.arnOf('model')]);
    fn.allow(['sagemaker:CreateEndpoint'], [this.arnOf('endpoint'), this.arnOf('endpoint-config')]);
    fn.allow(
      ['sagemaker:AddTags'],
      [this.arnOf('model'), this.arnOf('endpoint-config'), this.arnOf('endpoint')],
    );
    fn.allow(['iam:PassRole'], [this.modelRole.roleArn], TO_SAGEMAKER);
  }

  grantRemove(fn: PlatformFunction): void {
    fn.allow(['sagemaker:DeleteModel'], [this.arnOf('model')]);
    fn.allow(['sagemaker:DeleteEndpointConfig'], [this.arnOf('endpoint-config')]);
    fn.allow(['sagemaker:DeleteEndpoint', 'sagemaker:DescribeEndpoint'], [this.arnOf('endpoint')]);
  }

  arnOf(resource: 'endpoint' | 'endpoint-config' | 'model'): string {
    return sagemakerArn(this, resource, `mooring-${this.stage}-*`);
  }

  private modelStatements(storage: Storage): readonly PolicyStatement[] {
    const { data, artifacts } = storage.buckets;
    return [
      // A trainer is people's own code: it reads no profile, plan or report of any model.
      allow(
        ['s3:GetObject'],
        [
          data.arnForObjects('prepared/*'),
          artifacts.arnForObjects('code/*'),
          artifacts.arnForObjects('jobs/*'),
        ],
      ),
      allow(['s3:PutObject', 's3:AbortMultipartUpload'], [artifacts.arnForObjects('jobs/*')]),
      allow(['s3:ListBucket'], [data.bucketArn, artifacts.bucketArn]),
      allow(['cloudwatch:PutMetricData'], ['*'], {
        StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', METRIC_NAMESPACE] },
      }),
      allow(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        [
          Stack.of(this).formatArn({
            service: 'logs',
            resource: 'log-group',
            resourceName: '/aws/sagemaker/*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      ),
      // The managed images live in registries of AWS; a token has no resource.
      allow(['ecr:GetAuthorizationToken'], ['*']),
      allow(
        ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        [
          Stack.of(this).formatArn({
            service: 'ecr',
            account: '*',
            resource: 'repository',
            resourceName: 'sagemaker-*',
          }),
        ],
      ),
    ];
  }
}

/** A role may be handed to SageMaker only. */
export const TO_SAGEMAKER = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } };

export function sagemakerArn(scope: Construct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName });
}

function allow(actions: string[], resources: string[], conditions?: object): PolicyStatement {
  return new PolicyStatement({ actions, resources, ...(conditions && { conditions }) });
}
