import { describe, expect, it } from 'vitest';
import { ENV } from '../../lib/names.ts';
import { rightsOf } from './statements.ts';
import { type Resource, resources, synthesized, text } from './synthesized.ts';

const app = synthesized();
const rules = resources(app.platform, 'AWS::Events::Rule');
const permissions = resources(app.platform, 'AWS::Lambda::Permission').map(
  ([, { Properties }]) => Properties,
);
const handlerOf = (arn: string) =>
  String(resources(app.platform).find(([id]) => `<${id}.Arn>` === arn)?.[1].Properties.Handler).split('/')[0];

interface Target {
  readonly Arn: unknown;
  readonly InputPath?: string;
  readonly DeadLetterConfig?: { readonly Arn: unknown };
}
const targetsOf = (rule: Resource) => rule.Properties.Targets as readonly Target[];

/** Statements of resource policies that let a service do something to a resource. */
function allowedTo(service: string, action: string): readonly string[] {
  return resources(app.platform)
    .filter(([, { Type }]) => Type === 'AWS::SQS::QueuePolicy' || Type === 'AWS::SNS::TopicPolicy')
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: never[] }).Statement)
    .filter(
      (statement: { Effect: string; Principal?: { Service?: string }; Action: unknown }) =>
        statement.Effect === 'Allow' &&
        statement.Principal?.Service === service &&
        [statement.Action].flat().includes(action),
    )
    .map((statement: { Resource: unknown }) => text(statement.Resource));
}

describe('rules', () => {
  it('may do to each target what they do', () => {
    for (const [id, rule] of rules)
      for (const target of targetsOf(rule)) {
        const arn = text(target.Arn);
        const allowed =
          handlerOf(arn) !== 'undefined'
            ? permissions.some(
                (p) =>
                  text(p.FunctionName) === arn &&
                  p.Principal === 'events.amazonaws.com' &&
                  text(p.SourceArn) === `<${id}.Arn>`,
              )
            : allowedTo('events.amazonaws.com', 'sns:Publish').includes(arn.replace('.Arn', ''));
        expect([id, arn, allowed]).toEqual([id, arn, true]);
      }
  });

  it('lose no event that a target cannot take', () => {
    for (const [id, rule] of rules)
      for (const target of targetsOf(rule)) {
        const queue = text(target.DeadLetterConfig?.Arn ?? '');
        expect(allowedTo('events.amazonaws.com', 'sqs:SendMessage'), id).toContain(queue);
      }
  });

  it('lead each decision where the architecture says', () => {
    const routes = rules
      .filter(([, { Properties }]) => Properties.EventBusName)
      .flatMap(([, rule]) => {
        const pattern = rule.Properties.EventPattern as { 'detail-type'?: string[]; detail?: object };
        return targetsOf(rule).map((target) => [
          pattern['detail-type']?.join(' ') ?? JSON.stringify(pattern.detail),
          handlerOf(text(target.Arn)) === 'undefined'
            ? `SNS ${target.InputPath}`
            : handlerOf(text(target.Arn)),
        ]);
      });
    expect(Object.fromEntries(routes)).toEqual({
      'run-started run-restarted release-started retirement-started': 'start-execution',
      'drift-found': 'guard-retrain',
      'spec-applied model-deleted version-retired': 'sync-schedules',
      '{"alert":{"sentence":[{"exists":true}]}}': 'SNS $.detail.alert',
    });
  });

  it('start intake by the manifest of an upload only', () => {
    const [upload] = rules.filter(([id]) => id.includes('UploadCompleted'));
    expect(upload?.[1].Properties.EventPattern).toMatchObject({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ suffix: '/_manifest.json' }] } },
    });
  });

  it('close what ended without success, of our own machines', () => {
    const [ended] = rules.filter(([id]) => id.includes('ExecutionEnded'));
    const pattern = ended?.[1].Properties.EventPattern as { detail: Record<string, unknown[]> };
    expect(pattern.detail.status).toEqual(['FAILED', 'TIMED_OUT', 'ABORTED']);
    const machines = resources(app.platform, 'AWS::StepFunctions::StateMachine').map(([id]) => `<${id}>`);
    expect(pattern.detail.stateMachineArn?.map(text).sort()).toEqual(machines.sort());
  });
});

describe('schedules of models', () => {
  const [sync] = resources(app.platform, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => Properties.Handler === 'sync-schedules/handler.handler',
  );
  const { Variables: environment } = (sync?.[1].Properties.Environment ?? {}) as {
    Variables: Record<string, unknown>;
  };

  it('run under a role that allows exactly their two targets', () => {
    const role = text(environment[ENV.scheduleRoleArn]).slice(1, -5);
    const { monitoring } = JSON.parse(text(environment[ENV.stateMachineArns]));
    const guard = JSON.parse(text(environment[ENV.functionArns]))['guard-retrain'];
    expect(handlerOf(guard)).toBe('guard-retrain');
    expect(rightsOf(app, role)).toEqual(
      [`lambda:InvokeFunction ${guard}`, `states:StartExecution ${monitoring}`].sort(),
    );
  });
});

describe('the HTTP API', () => {
  it('asks for a token on every route but the two that hold nothing of anyone', () => {
    const open = resources(app.platform, 'AWS::ApiGatewayV2::Route')
      .map(([, { Properties }]) => Properties)
      .filter(({ AuthorizationType }) => AuthorizationType !== 'CUSTOM');
    expect(open.map(({ RouteKey }) => RouteKey).sort()).toEqual(['GET /health', 'GET /openapi.json']);
  });

  it('remembers an answer of the authorizer for at most a minute, which bounds revocation', () => {
    app.platform.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: ['$request.header.Authorization'],
    });
  });

  it('sends predictions to their own function and the rest to one', () => {
    const routes = resources(app.platform, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = text(Properties.Target).replace('integrations/<', '').replace('>', '');
      const uri = resources(app.platform).find(([id]) => id === integration)?.[1].Properties.IntegrationUri;
      return [Properties.RouteKey, handlerOf(text(uri))];
    });
    expect(Object.fromEntries(routes)).toEqual({
      'ANY /{proxy+}': 'api',
      'GET /health': 'api',
      'GET /openapi.json': 'api',
      'POST /models/{model}/predict': 'predict',
    });
  });
});
