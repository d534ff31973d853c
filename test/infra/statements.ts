import { resources, type synthesized, text } from './synthesized.ts';

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: object | undefined;
}

type App = ReturnType<typeof synthesized>;

/** What a role may do: the statements of every policy that is attached to it. */
export function statementsOf(app: App, roleId: string): readonly Statement[] {
  return resources(app.platform, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) =>
      (Properties.Roles as unknown[]).some((role) => text(role) === `<${roleId}>`),
    )
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Raw[] }).Statement)
    .map((raw) => ({
      actions: list(raw.Action).map(text),
      resources: list(raw.Resource).map(text),
      conditions: raw.Condition,
    }));
}

/** Each action with each of its resources, sorted: `sqs:SendMessage <Queue.Arn>`. */
export function rightsOf(app: App, roleId: string): readonly string[] {
  const rights = statementsOf(app, roleId).flatMap(({ actions, resources }) =>
    actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
  );
  return [...new Set(rights)].sort();
}

interface Raw {
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: object;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
