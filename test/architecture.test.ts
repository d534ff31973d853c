import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room of the engine takes: the engine itself, its nouns, and the rooms beneath it. */
const engine = ['lib/domain', 'lib/names.ts', '@duckdb/node-api', /^node:/, /^lib\/engine\/[^/]*$/] as const;
const below = ['lib/engine/read', 'lib/engine/spec-sql'] as const;

const stores = ['lib/domain', 'lib/names.ts', /^@aws-sdk\//, /^@smithy\//, /^node:/] as const;

/** Who may import whom: rooms of this house, and packages. `self` is the importing file's own folder. */
const allowed: Record<string, readonly (string | RegExp)[]> = {
  'lib/names.ts': [],
  'lib/settings.ts': ['zod', 'aws-cdk-lib'],
  'lib/domain': ['lib/domain', 'zod', 'canonicalize', 'node:crypto'],
  'lib/engine': engine,
  'lib/engine/read': [...engine, 'lib/engine/read'],
  'lib/engine/spec-sql': [...engine, 'lib/engine/read', 'lib/engine/spec-sql'],
  'lib/engine/features': [...engine, ...below, 'lib/engine/features'],
  'lib/engine/profile': [...engine, ...below, 'lib/engine/features', 'lib/engine/profile'],
  'lib/engine/rules': [...engine, ...below, 'lib/engine/rules'],
  'lib/stores': [...stores, 'lib/stores'],
  'lib/stores/registry': [...stores, 'lib/stores/registry', 'lib/stores/backoff.ts'],
  'lib/stores/objects': [...stores, 'lib/stores/objects', 'lib/stores/backoff.ts'],
  'lib/stores/endpoints': [...stores, 'lib/stores/endpoints'],
  'lib/runtime': ['lib/runtime', 'lib/stores', 'lib/domain', 'lib/names.ts', 'zod', /^@aws-sdk\//, /^node:/],
  lambdas: [
    'self',
    'lib/domain',
    'lib/engine',
    'lib/stores',
    'lib/runtime',
    'lib/names.ts',
    'zod',
    /^node:/,
    'aws-lambda',
  ],
  'lambdas/api': [
    'self',
    'lib/domain',
    'lib/engine',
    'lib/stores',
    'lib/runtime',
    'lib/names.ts',
    'zod',
    /^node:/,
    'aws-lambda',
    /^hono/,
    '@hono/zod-openapi',
  ],
  'lib/pipelines': [
    'lib/pipelines',
    'lib/constructs',
    'lib/names.ts',
    'lib/settings.ts',
    /^aws-cdk-lib/,
    'constructs',
    /^node:/,
  ],
  'lib/constructs': [
    'lib/constructs',
    'lib/pipelines',
    'lib/names.ts',
    'lib/settings.ts',
    /^aws-cdk-lib/,
    'constructs',
    'esbuild',
    /^node:/,
  ],
  'lib/stacks': [
    'lib/stacks',
    'lib/constructs',
    'lib/pipelines',
    'lib/names.ts',
    'lib/settings.ts',
    /^aws-cdk-lib/,
    'constructs',
  ],
  'bin/app.ts': ['lib/stacks', 'lib/settings.ts', 'lib/names.ts', /^aws-cdk-lib/, 'cdk-nag', /^node:/],
  'bin/mooring': [
    'bin/mooring',
    'lib/names.ts',
    'lib/domain',
    // What needs no cloud: profile and score.
    'lib/engine',
    'commander',
    'yaml',
    /^node:/,
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-cloudformation',
  ],
  local: [
    'local',
    'bin/mooring',
    'lib/names.ts',
    'lib/domain',
    /^@aws-sdk\//,
    '@duckdb/node-api',
    'yaml',
    /^node:/,
  ],
};

const MAX_LINES = 250;
const MAX_HANDLER_LINES = 40;

const topLevel = [
  'bin',
  'lib',
  'lambdas',
  'trainer',
  'console',
  'local',
  'examples',
  'test',
  'docs',
  'bench',
  '.ci',
];

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile() && f.name.endsWith('.ts'))
    .map((f) => relative(root, join(f.parentPath, f.name)))
    .filter((f) => !f.includes('node_modules'));
}

const sources = ['bin', 'lib', 'lambdas', 'local'].flatMap(filesBelow);

function ruleOf(file: string): string | undefined {
  const rules = Object.keys(allowed).filter(
    (r) => file === r || file.startsWith(`${r}/`) || (r === 'bin/mooring' && file === 'bin/mooring.ts'),
  );
  return rules.sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/g),
  ].map((m) => m[1] ?? '');
  const dynamic = [...text.matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g)].map((m) => m[1] ?? '');
  return [...found, ...dynamic].map((i) =>
    i.startsWith('.') ? relative(root, resolve(root, dirname(file), i)) : i,
  );
}

function selfOf(file: string): string {
  return file.startsWith('lambdas/') ? file.split('/').slice(0, 2).join('/') : dirname(file);
}

function mayImport(file: string, target: string): boolean {
  const rule = ruleOf(file);
  if (rule === undefined) return false;
  return (allowed[rule] ?? []).some((entry) => {
    if (entry instanceof RegExp) return entry.test(target);
    const room = entry === 'self' ? selfOf(file) : entry;
    return target === room || target.startsWith(`${room}/`) || target === `${room}.ts`;
  });
}

describe('the house', () => {
  it('has no room that the plan does not know', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter(
        (f) => f.isDirectory() && !['.git', 'node_modules', '.mooring', 'cdk.out', '.venv'].includes(f.name),
      )
      .map((f) => f.name);
    expect(folders.filter((f) => !topLevel.includes(f))).toEqual([]);
  });

  it('has a rule for every source file', () => {
    expect(sources.filter((f) => ruleOf(f) === undefined)).toEqual([]);
  });

  it('imports one way', () => {
    const broken = sources.flatMap((f) =>
      importsOf(f)
        .filter((t) => !mayImport(f, t))
        .map((t) => `${f} imports ${t}`),
    );
    expect(broken).toEqual([]);
  });

  it('has no file that needs itself, by whatever way', () => {
    const imports = new Map(sources.map((f) => [f, importsOf(f).filter((t) => sources.includes(t))]));
    const free = new Set<string>();
    for (let before = -1; before < free.size; ) {
      before = free.size;
      for (const [file, needed] of imports) if (needed.every((t) => free.has(t))) free.add(file);
    }
    expect(sources.filter((f) => !free.has(f))).toEqual([]);
  });

  it('has no file too long to read in one sitting', () => {
    const long = [
      ...sources.map((f) => [f, MAX_LINES] as const),
      ...filesBelow('test').map((f) => [f, 300] as const),
    ]
      .map(([f, max]) => [f, max, readFileSync(join(root, f), 'utf8').split('\n').length - 1] as const)
      .filter(([f, max, lines]) => lines > (f.endsWith('/handler.ts') ? MAX_HANDLER_LINES : max));
    expect(long.map(([f, max, lines]) => `${f}: ${lines} lines, at most ${max}`)).toEqual([]);
  });

  it('reads the environment in one file of the functions', () => {
    const readers = sources.filter(
      (f) => /^(lib|lambdas)\//.test(f) && /process\.env/.test(readFileSync(join(root, f), 'utf8')),
    );
    expect(readers.filter((f) => f !== 'lib/runtime/environment.ts')).toEqual([]);
  });

  it('gives every function a handler and a verb of its name', () => {
    const functions = readdirSync(join(root, 'lambdas'));
    const missing = functions.flatMap((name) => {
      const files = readdirSync(join(root, 'lambdas', name));
      const verb = name === 'api' ? 'app.ts' : `${name}.ts`;
      return ['handler.ts', verb].filter((f) => !files.includes(f)).map((f) => `lambdas/${name}/${f}`);
    });
    expect(missing).toEqual([]);
  });

  it('keeps words that name no idea out of file names', () => {
    expect(sources.filter((f) => /(^|\/)(utils?|helpers?|common|misc|index)\.ts$/.test(f))).toEqual([]);
  });
});
