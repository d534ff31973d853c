import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { mooring } from '../../../bin/mooring/program.ts';

/** The command line without an API, and a folder for the files of one test file; it goes when they end. */
export function anOfflineTerminal() {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mooring-offline-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  const run = async (...args: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await mooring(args, {
      out: (line) => out.push(line),
      err: (chunk) => err.push(chunk),
      isTerminal: false,
      stdin: async () => '',
      environment: {},
    });
    return { code, out, text: out.join('\n'), err: err.join('') };
  };
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content);
    return path(name);
  };
  return { run, file, path };
}
