import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What a state machine with distributed maps may do with itself: start the children of its maps, watch them and stop them. By the
 * machine's name, because its role cannot refer to the machine that needs the role.
 * The guide names executions of the machine; a child's own ARN has the map's label between, so both are allowed.
 * Source: Step Functions Developer Guide, "IAM policies for using Distributed Map states".
 *
 * @param labels of its maps
 */
export function distributedMapStatements(
  scope: Construct,
  machineName: string,
  labels: readonly string[],
): readonly PolicyStatement[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({
      service: 'states',
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    new PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [arn('stateMachine', machineName)],
    }),
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [machineName, ...labels.map((label) => `${machineName}/${label}`)].map((name) =>
        arn('execution', `${name}:*`),
      ),
    }),
  ];
}

/** Lists of a map's items are read, results are written; long ones in parts. */
export function mapObjectStatement(objectsArn: string): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
    resources: [objectsArn],
  });
}
