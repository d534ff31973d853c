import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Interrupted, interruption } from '../../../local/interruption.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('interruption', () => {
  const clock = { ms: 1000 };
  const seen: string[] = [];
  let before: Map<string, NodeJS.SignalsListener[]>;

  beforeEach(() => {
    before = new Map(SIGNALS.map((name) => [name, process.listeners(name)]));
    seen.length = 0;
  });
  afterEach(() => {
    for (const name of SIGNALS)
      for (const listener of process.listeners(name))
        if (!before.get(name)?.includes(listener)) process.off(name, listener);
  });

  const start = () =>
    interruption({
      onFirst: () => seen.push('first'),
      onSecond: () => seen.push('second'),
      nowMs: () => clock.ms,
    });

  it('aborts on the first signal, whichever it is', () => {
    for (const name of SIGNALS) {
      const signal = start();
      expect(signal.aborted).toBe(false);
      process.emit(name, name);
      expect(signal.reason).toBeInstanceOf(Interrupted);
    }
  });

  it('takes a signal right after the first for the same key press', () => {
    start();
    process.emit('SIGINT', 'SIGINT');
    clock.ms += 499;
    process.emit('SIGINT', 'SIGINT');
    expect(seen).toEqual(['first']);
  });

  it('takes a later one for impatience', () => {
    start();
    process.emit('SIGINT', 'SIGINT');
    clock.ms += 500;
    process.emit('SIGINT', 'SIGINT');
    expect(seen).toEqual(['first', 'second']);
  });
});

describe('temporaryFolder', () => {
  it('does not outlive a process that ends in the middle of work', async () => {
    const below = await mkdtemp(join(tmpdir(), 'mooring-at-exit-'));
    try {
      const module = join(import.meta.dirname, '../../../local/at-exit.ts');
      const script = `import { temporaryFolder } from '${module}';
        const { path } = await temporaryFolder('${below}/made-');
        console.log(path);
        process.exit(0);`;
      const path = execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString().trim();
      expect(path).toContain('made-');
      expect(existsSync(path)).toBe(false);
    } finally {
      await rm(below, { recursive: true, force: true });
    }
  });
});
