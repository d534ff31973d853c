import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where a binding for another processor than this machine's is put by hand; git does not see it. */
const BINDINGS = '.mooring/bindings';

const SUFFIX = { x86_64: 'linux-x64', arm64: 'linux-arm64' } as const;

/**
 * DuckDB's modules for the functions' processor, as [name, folder]. npm installs the binding of the machine it
 * runs on; another one is taken from a tarball that must have the integrity which the lockfile states.
 */
export function engineModules(
  root: string,
  architecture: 'x86_64' | 'arm64',
): readonly (readonly [string, string])[] {
  const binding = `@duckdb/node-bindings-${SUFFIX[architecture]}`;
  const installed = join(root, 'node_modules', binding);
  return [
    ['@duckdb/node-api', join(root, 'node_modules/@duckdb/node-api')],
    ['@duckdb/node-bindings', join(root, 'node_modules/@duckdb/node-bindings')],
    [binding, existsSync(installed) ? installed : unpacked(root, binding)],
  ];
}

function unpacked(root: string, binding: string): string {
  const { version, integrity } = lockedPackage(root, binding);
  const tarball = join(root, BINDINGS, `${binding.slice(1).replace('/', '-')}-${version}.tgz`);
  if (!existsSync(tarball))
    throw new Error(
      `the functions need ${binding}, which npm does not install on this machine; run: ` +
        `mkdir -p ${BINDINGS} && npm pack ${binding}@${version} --pack-destination ${BINDINGS}`,
    );
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (found !== integrity)
    throw new Error(
      `${relative(root, tarball)} has integrity ${found}, package-lock.json wants ${integrity}`,
    );
  return extract(tarball);
}

function extract(tarball: string): string {
  const folder = tarball.replace(/\.tgz$/, '');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tar = spawnSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { encoding: 'utf8' });
  if (tar.status !== 0) throw new Error(`${tarball} cannot be unpacked: ${tar.stderr || tar.error?.message}`);
  return folder;
}

function lockedPackage(root: string, name: string): { readonly version: string; readonly integrity: string } {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const locked = lock.packages[`node_modules/${name}`];
  if (!locked?.integrity) throw new Error(`package-lock.json does not know ${name}`);
  return locked;
}
