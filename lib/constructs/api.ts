import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV, type PipelineName } from '../names.ts';
import type { Access } from './access.ts';
import type { Endpoints } from './endpoints.ts';
import { executionsOf } from './executions-of.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';
import type { Serving } from './serving.ts';
import type { Storage } from './storage.ts';

/** Calls a second that the whole API takes; a first guard against a runaway caller. */
const REQUESTS_PER_SECOND = 200;
const BURST = 400;

export interface ApiProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly serving: Serving;
  readonly endpoints: Endpoints;
  readonly access: Access;
  readonly machines: Readonly<Record<PipelineName, StateMachine>>;
}

/** The HTTP API: predict has a function of its own, everything else is one. */
export class Api extends Construct {
  readonly http: HttpApi;
  readonly fn: PlatformFunction;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    this.fn = new PlatformFunction(this, 'Function', { ...props, name: 'api' });
    this.http = new HttpApi(this, 'Http', {
      apiName: `mooring-${props.stage}`,
      description: `Mooring ${props.stage}`,
      createDefaultStage: false,
      defaultAuthorizer: props.access.authorizer,
    });
    this.addRoutes(props.serving);
    this.addStage(props.logRetentionDays);
    this.grant(props);
  }

  get url(): string {
    return this.http.apiEndpoint;
  }

  private addRoutes(serving: Serving): void {
    const api = new HttpLambdaIntegration('Api', this.fn);
    this.http.addRoutes({
      path: '/models/{model}/predict',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Predict', serving.predict),
    });
    this.http.addRoutes({ path: '/{proxy+}', methods: [HttpMethod.ANY], integration: api });
    // Says that the platform is there and how to talk to it; neither holds anything of anyone.
    for (const path of ['/health', '/openapi.json'])
      this.http.addRoutes({
        path,
        methods: [HttpMethod.GET],
        integration: api,
        authorizer: new HttpNoneAuthorizer(),
      });
  }

  private addStage(logRetentionDays: number): void {
    const log = new LogGroup(this, 'AccessLog', {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.http,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: REQUESTS_PER_SECOND, burstLimit: BURST },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: ACCESS_LOG },
    });
  }

  private grant(props: ApiProps): void {
    props.registry.grantDecide(this.fn);
    props.storage.grantWrite(this.fn, 'landing', 'artifacts');
    props.serving.labels.grantSend(this.fn, ENV.labelQueueUrl);
    // A deleted model's endpoints go with it.
    props.endpoints.grantRemove(this.fn);
    const { monitoring } = props.machines;
    this.fn.addEnvironment(
      ENV.stateMachineArns,
      Stack.of(this).toJsonString({ monitoring: monitoring.stateMachineArn }),
    );
    this.fn.allow(['states:StartExecution'], [monitoring.stateMachineArn]);
    this.fn.allow(['states:DescribeExecution'], [executionsOf(this, monitoring)]);
  }
}

/** Who asked for what, how it ended and how long it took; never a token, a body or an address. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    at: '$context.requestTimeEpoch',
    method: '$context.httpMethod',
    route: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    error: '$context.error.message',
  }),
);
