import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { anOfflineTerminal } from './a-terminal.ts';

const { file } = anOfflineTerminal();
const PROGRAM = fileURLToPath(new URL('../../../bin/mooring.ts', import.meta.url));

/** The exit code of a command whose reader goes before it has said a word. */
async function codeWithoutReader(...args: readonly string[]): Promise<number> {
  const flags = ['--no-warnings', '--experimental-strip-types', PROGRAM];
  const child = spawn(process.execPath, [...flags, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout?.destroy();
  const [code] = await once(child, 'exit');
  return code as number;
}

describe('a command whose output nobody reads to its end', () => {
  it('exits with its own code', async () => {
    const rows = (shift: number) => `x\n${Array.from({ length: 1000 }, (_, i) => i + shift).join('\n')}\n`;
    const [base, moved] = [file('base.csv', rows(0)), file('moved.csv', rows(5000))];
    expect(await codeWithoutReader('score', base, moved)).toBe(1);
    expect(await codeWithoutReader('score', base, base)).toBe(0);
  });
});
