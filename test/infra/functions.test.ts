import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from '../../lib/constructs/function-table.ts';
import { ENV } from '../../lib/names.ts';
import { resources, synthesized, text } from './synthesized.ts';

const lambdas = fileURLToPath(new URL('../../lambdas/', import.meta.url));
const app = synthesized();
const functions = resources(app.platform, 'AWS::Lambda::Function');
const nameOf = (properties: Record<string, unknown>) =>
  String(properties.Handler).split('/')[0] as FunctionName;
const deployed = new Map(functions.map(([, { Properties }]) => [nameOf(Properties), Properties]));

/** Variables that each store reads; `lib/runtime/wiring` is where it says so. */
const WIRED: Readonly<Record<string, readonly string[]>> = {
  wireRegistry: ['table'],
  wireEndpoints: [],
  wireInvoke: [],
  wireExecutions: ['stateMachineArns'],
  wireSchedules: ['scheduleGroup', 'scheduleRoleArn', 'stateMachineArns', 'functionArns'],
  wireEventBus: ['eventBus'],
};

/** What a handler reads from its environment, by its source. */
function wantedBy(name: FunctionName): readonly string[] {
  const source = readdirSync(`${lambdas}${name}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${lambdas}${name}/${file}`, 'utf8'))
    .join('\n');
  const wired = [...source.matchAll(/\b(wire[A-Z]\w+)\((?:'(\w+)')?\)/g)].flatMap(([, call, of]) => {
    if (call === 'wireObjects') return [`${of}Bucket`];
    if (call === 'wireQueue') return [`${of}QueueUrl`];
    const variables = WIRED[call ?? ''];
    if (!variables) throw new Error(`${name} wires ${call}, which this test does not know`);
    return variables;
  });
  const named = [...source.matchAll(/\benvironment\(([^)]*)\)/g)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/'(\w+)'/g)].map(([, variable]) => variable ?? ''),
  );
  return [...new Set([...wired, ...named])].map((key) => ENV[key as keyof typeof ENV]).sort();
}

describe('the functions', () => {
  it('are the folders of lambdas/, each exactly once', () => {
    const folders = readdirSync(lambdas, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...FUNCTION_NAMES].sort()).toEqual(folders.map(({ name }) => name).sort());
    expect(functions.map(([, { Properties }]) => nameOf(Properties)).sort()).toEqual(
      [...FUNCTION_NAMES].sort(),
    );
  });

  it.each(FUNCTION_NAMES)('give %s the variables that it reads, and no other', (name) => {
    const { Variables } = (deployed.get(name)?.Environment ?? {}) as { Variables: Record<string, unknown> };
    // Every function may know where and what it is.
    const given = Object.keys(Variables).filter(
      (variable) => variable !== ENV.stage && variable !== ENV.release,
    );
    const wanted = wantedBy(name).filter((variable) => variable !== ENV.stage && variable !== ENV.release);
    expect(given.sort()).toEqual(wanted);
    expect(Object.keys(Variables)).toEqual(expect.arrayContaining([ENV.stage, ENV.release]));
  });

  it('run on Node 24 with a log group of their own that forgets', () => {
    const groups = new Set<string>();
    for (const [id, { Properties }] of functions) {
      expect([id, Properties.Runtime]).toEqual([id, 'nodejs24.x']);
      groups.add(text((Properties.LoggingConfig as { LogGroup: unknown }).LogGroup).slice(1, -1));
    }
    expect(groups.size).toBe(functions.length);
    for (const [id, { Properties }] of resources(app.platform, 'AWS::Logs::LogGroup'))
      expect([id, Properties.RetentionInDays]).toEqual([id, 30]);
  });

  it('have a role each', () => {
    const roles = functions.map(([, { Properties }]) => text(Properties.Role));
    expect(new Set(roles).size).toBe(functions.length);
  });

  it('called by events have somewhere to put what they could not handle', () => {
    const rules = resources(app.platform, 'AWS::Events::Rule');
    const called = rules.flatMap(([, { Properties }]) =>
      (Properties.Targets as { Arn: unknown }[]).map(({ Arn }) => text(Arn).slice(1, -5)),
    );
    const configured = resources(app.platform, 'AWS::Lambda::EventInvokeConfig')
      .filter(([, { Properties }]) => Properties.DestinationConfig)
      .map(([, { Properties }]) => text(Properties.FunctionName).slice(1, -1));
    for (const id of called.filter((target) => functions.some(([fn]) => fn === target)))
      expect(configured).toContain(id);
  });

  it('reserve no concurrency, which a fresh account would refuse, unless a setting says so', () => {
    for (const [id, { Properties }] of functions)
      expect([id, Properties.ReservedConcurrentExecutions]).toEqual([id, undefined]);
    const limited = synthesized({ engineConcurrency: 3 });
    for (const [, { Properties }] of resources(limited.platform, 'AWS::Lambda::Function'))
      expect(Properties.ReservedConcurrentExecutions).toBe(
        FUNCTIONS[nameOf(Properties)].engine ? 3 : undefined,
      );
  });

  it('give open-intake, which reads a piece, what the worker of a piece has', () => {
    const { memoryMb, timeoutSeconds, scratchMb } = FUNCTIONS['profile-object'];
    expect(FUNCTIONS['open-intake'].memoryMb).toBeGreaterThanOrEqual(memoryMb);
    expect(FUNCTIONS['open-intake'].timeoutSeconds).toBeGreaterThanOrEqual(timeoutSeconds);
    expect(FUNCTIONS['open-intake'].scratchMb).toBeGreaterThanOrEqual(scratchMb);
  });

  it('answer HTTP calls before the gateway gives up', () => {
    for (const name of ['api', 'predict', 'authorize-request'] as const)
      expect(FUNCTIONS[name].timeoutSeconds).toBeLessThan(30);
  });
});

describe('queues', () => {
  const queues = resources(app.platform, 'AWS::SQS::Queue');
  const ids = (template: unknown) => [...JSON.stringify(template).matchAll(/"([\w]+)"/g)].map(([, id]) => id);
  const alarmed = resources(app.platform, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
    Properties.MetricName === 'ApproximateNumberOfMessagesVisible' ? ids(Properties.Dimensions) : [],
  );

  it('have a dead-letter queue, or are one and have an alarm', () => {
    expect(queues).toHaveLength(6);
    for (const [id, { Properties }] of queues)
      expect([id, Properties.RedrivePolicy !== undefined || alarmed.includes(id)]).toEqual([id, true]);
    expect(queues.filter(([id]) => alarmed.includes(id))).toHaveLength(4);
  });

  it('are encrypted and refuse callers without TLS', () => {
    const refused = resources(app.platform, 'AWS::SQS::QueuePolicy')
      .filter(([, policy]) => JSON.stringify(policy).includes('{"Bool":{"aws:SecureTransport":"false"}}'))
      .flatMap(([, { Properties }]) => ids(Properties.Queues));
    for (const [id, { Properties }] of queues) {
      expect([id, Properties.SqsManagedSseEnabled]).toEqual([id, true]);
      expect(refused).toContain(id);
    }
  });

  it('hide a message from others for six times as long as its writer may run', () => {
    for (const [, mapping] of resources(app.platform, 'AWS::Lambda::EventSourceMapping')) {
      const fn = deployed.get(
        nameOf(
          functions.find(([id]) => `<${id}>` === text(mapping.Properties.FunctionName))?.[1].Properties ?? {},
        ),
      );
      const queue = queues.find(([id]) => `<${id}.Arn>` === text(mapping.Properties.EventSourceArn));
      if (queue) expect(queue[1].Properties.VisibilityTimeout).toBe(6 * Number(fn?.Timeout));
      expect(mapping.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });
});
