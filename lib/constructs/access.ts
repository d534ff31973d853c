import { Duration } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';

/** How long an answer of the authorizer holds: the longest that a revoked token still works. */
const ANSWER_SECONDS = 60;

export interface AccessProps extends FunctionDefaults {
  readonly registry: Registry;
}

/** Who may call: tokens are issued here and every request's token is recognized here. */
export class Access extends Construct {
  /** Only IAM may invoke it: no rule, no route, no other function does. */
  readonly issueToken: PlatformFunction;
  readonly authorizer: HttpLambdaAuthorizer;

  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    this.issueToken = new PlatformFunction(this, 'IssueToken', { ...props, name: 'issue-token' });
    props.registry.grantDecide(this.issueToken);

    const authorize = new PlatformFunction(this, 'Authorize', { ...props, name: 'authorize-request' });
    props.registry.grantRead(authorize);
    this.authorizer = new HttpLambdaAuthorizer('Token', authorize, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ['$request.header.Authorization'],
      resultsCacheTtl: Duration.seconds(ANSWER_SECONDS),
    });
  }
}
