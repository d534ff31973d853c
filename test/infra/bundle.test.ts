import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { engineModules } from '../../lib/constructs/engine-modules.ts';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from '../../lib/constructs/function-table.ts';
import { parseSettings } from '../../lib/settings.ts';
import { mooringFrom } from '../../lib/stacks/mooring.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mooring-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Offset of `e_machine` in an ELF header, and what it says. */
const ELF_MACHINE_AT = 18;
const ELF_MACHINES: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'arm64' };

/** The repository with one part replaced; everything else is a link to the real thing. */
function repositoryWith(name: string, change: (folder: string) => void): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  for (const entry of ['lambdas', 'lib', 'trainer', 'node_modules', 'package-lock.json'])
    symlinkSync(join(root, entry), join(folder, entry));
  change(folder);
  return folder;
}

describe('the assets of the functions', () => {
  const outdir = join(scratch, 'cdk.out');
  const app = new App({ outdir });
  mooringFrom(root, app, parseSettings({}));
  app.synth();
  const template = JSON.parse(readFileSync(join(outdir, 'Platform.template.json'), 'utf8'));
  const functions = Object.values(template.Resources as Record<string, { Type: string; Properties: never }>)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(
      ({ Properties }) => Properties as { Handler: string; Code: { S3Key: string }; Architectures: string[] },
    );
  const folderOf = (key: string) => join(outdir, `asset.${key.replace('.zip', '')}`);
  const filesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) =>
      statSync(join(folder, f)).isFile(),
    );

  it('are two, each shared by all functions of its kind', () => {
    const keys = (engine: boolean) =>
      new Set(
        functions
          .filter(({ Handler }) => FUNCTIONS[Handler.split('/')[0] as FunctionName].engine === engine)
          .map(({ Code }) => Code.S3Key),
      );
    expect([keys(true).size, keys(false).size]).toEqual([1, 1]);
    expect(keys(true)).not.toEqual(keys(false));
  });

  it('hold the handler of each function', () => {
    expect(functions).toHaveLength(FUNCTION_NAMES.length);
    for (const { Handler, Code } of functions) {
      const file = join(folderOf(Code.S3Key), `${Handler.replace(/\.handler$/, '')}.mjs`);
      expect(readFileSync(file, 'utf8')).toMatch(/\bhandler\b/);
    }
  });

  it('hold no part of CDK, which would mean that a handler imports infrastructure', () => {
    for (const key of new Set(functions.map(({ Code }) => Code.S3Key)))
      for (const file of filesIn(folderOf(key)).filter((f) => f.endsWith('.mjs')))
        expect(readFileSync(join(folderOf(key), file), 'utf8')).not.toContain('aws-cdk-lib');
  });

  it('carry DuckDB for the processor of the functions that use it, and the trainer', () => {
    const engine = functions.find(({ Handler }) => Handler.startsWith('prepare-data/'));
    const folder = folderOf(engine?.Code.S3Key ?? '');
    expect(filesIn(folder)).toEqual(expect.arrayContaining(['trainer/train.py', 'trainer/inference.py']));
    const bindings = filesIn(folder).filter((file) => file.endsWith('.node'));
    expect(bindings).toHaveLength(1);
    const machine = readFileSync(join(folder, bindings[0] ?? '')).readUInt16LE(ELF_MACHINE_AT);
    expect(engine?.Architectures).toEqual([ELF_MACHINES[machine]]);
  });

  it('carry it nowhere else', () => {
    const plain = functions.find(({ Handler }) => Handler.startsWith('close-run/'));
    expect(filesIn(folderOf(plain?.Code.S3Key ?? '')).filter((file) => file.includes('duckdb'))).toEqual([]);
  });
});

describe('bundling', () => {
  const synth = (repository: string) => () =>
    mooringFrom(repository, new App({ outdir: join(repository, 'cdk.out') }), parseSettings({}));

  it('refuses a folder of lambdas/ that is no function of the platform', () => {
    const repository = repositoryWith('stray', (folder) => {
      rmSync(join(folder, 'lambdas'));
      cpSync(join(root, 'lambdas'), join(folder, 'lambdas'), { recursive: true });
      mkdirSync(join(folder, 'lambdas', 'stray-verb'));
    });
    expect(synth(repository)).toThrow('lambdas/stray-verb is no function of the platform');
  });

  it('refuses to go without a handler', () => {
    const repository = repositoryWith('missing', (folder) => {
      rmSync(join(folder, 'lambdas'));
      cpSync(join(root, 'lambdas'), join(folder, 'lambdas'), { recursive: true });
      rmSync(join(folder, 'lambdas', 'smoke-test', 'handler.ts'));
    });
    expect(synth(repository)).toThrow('lambdas/smoke-test/handler.ts is missing');
  });
});

describe('the engine’s binding for another processor', () => {
  const without = (name: string) =>
    repositoryWith(name, (folder) => {
      rmSync(join(folder, 'node_modules'));
      mkdirSync(join(folder, 'node_modules'));
    });

  it('is asked for with the command that brings it', () => {
    expect(() => engineModules(without('absent'), 'arm64')).toThrow(
      /run: mkdir -p \.mooring\/bindings && npm pack @duckdb\/node-bindings-linux-arm64@\S+ --pack-destination/,
    );
  });

  it('is refused when it is not the one of the lockfile', () => {
    const repository = without('tampered');
    const { version } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[
      'node_modules/@duckdb/node-bindings-linux-arm64'
    ];
    const bindings = join(repository, '.mooring', 'bindings');
    mkdirSync(bindings, { recursive: true });
    writeFileSync(join(bindings, `duckdb-node-bindings-linux-arm64-${version}.tgz`), 'not what npm has');
    expect(() => engineModules(repository, 'arm64')).toThrow('package-lock.json wants sha512-');
  });
});
