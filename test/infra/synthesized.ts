import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { parseSettings } from '../../lib/settings.ts';
import { mooring } from '../../lib/stacks/mooring.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

/** Both stacks for these settings. Code is a placeholder: bundling has tests of its own. */
export function synthesized(context: Record<string, unknown> = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'mooring-test-'));
  const app = new App({ outdir, context: { ...cdkJson.context } });
  const code = Code.fromInline('exports.handler = async () => undefined;');
  const { state, platform } = mooring(app, parseSettings(context), {
    plain: code,
    engine: code,
    contentHash: 'test',
  });
  const templates = { state: Template.fromStack(state), platform: Template.fromStack(platform) };
  rmSync(outdir, { recursive: true });
  return { app, ...templates };
}

export function resources(template: Template, type?: string): [string, Resource][] {
  const all = template.toJSON().Resources as Resources;
  return Object.entries(all).filter(([, resource]) => type === undefined || resource.Type === type);
}

/** Text of a value that may be joined from parts: `Ref` and `Fn::GetAtt` become `<LogicalId>` and `<LogicalId.Attribute>`. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join('');
  const node = value as Record<string, unknown>;
  if (typeof node.Ref === 'string') return `<${node.Ref}>`;
  if (node['Fn::GetAtt']) return `<${(node['Fn::GetAtt'] as string[]).join('.')}>`;
  if (node['Fn::ImportValue']) return `<${text(node['Fn::ImportValue'])}>`;
  if (node['Fn::Join']) {
    const [separator, parts] = node['Fn::Join'] as [string, unknown[]];
    return parts.map(text).join(separator);
  }
  throw new Error(`${JSON.stringify(value)} is no text`);
}
