import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureVenv } from '../../local/python.ts';

const run = promisify(execFile);

/** The hash of the wheel of six 1.17.0, which needs nothing else. */
const SIX = '4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274';
const PYTHON_TS = join(import.meta.dirname, '..', '..', 'local', 'python.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-python-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function requirements(name: string, hash: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `six==1.17.0 --hash=sha256:${hash}\n`);
  return file;
}

describe('a Python environment', () => {
  it('is built once by two processes that ask at the same time, and used again', async () => {
    const file = await requirements('good.txt', SIX);
    const stateDir = join(folder, 'shared');
    const script = `
      import { ensureVenv } from ${JSON.stringify(PYTHON_TS)};
      console.log(await ensureVenv('demo', ${JSON.stringify(file)}, { stateDir: ${JSON.stringify(stateDir)} }));`;
    const ask = () => run(process.execPath, ['--input-type=module-typescript', '-e', script]);
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one.stdout).toBe(two.stdout);
    expect(await readdir(join(stateDir, 'python'))).toHaveLength(1);
    const lines: string[] = [];
    const python = await ensureVenv('demo', file, { stateDir, progress: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    const { stdout } = await run(python, ['-c', 'import six; print(six.__version__)']);
    expect(stdout.trim()).toBe('1.17.0');
  });

  it('is not built from a package with another hash', async () => {
    const file = await requirements('bad.txt', SIX.replace(/^4/, '5'));
    const stateDir = join(folder, 'refused');
    await expect(ensureVenv('demo', file, { stateDir })).rejects.toThrow(/hash/i);
    expect(await readdir(join(stateDir, 'python'))).toEqual([]);
  });
});
