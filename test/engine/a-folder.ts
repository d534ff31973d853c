import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Engine, openEngine } from '../../lib/engine/engine.ts';

/** A temporary folder and an engine for the tests of one file; both go when they end. */
export function anEngine(): { readonly engine: () => Engine; readonly path: (name: string) => string } {
  let engine: Engine;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mooring-test-'));
    engine = await openEngine({ memoryMb: 256 });
  });
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true });
  });
  return { engine: () => engine, path: (name) => join(folder, name) };
}
