import { describe, expect, it } from 'vitest';
import { visible } from '../../../bin/mooring/visible.ts';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, file } = anOfflineTerminal();

const RED = '\u001b[31mred\u001b[0m';
const TITLE = '\u001b]0;owned\u0007';

describe('what a terminal prints of data', () => {
  it('spells out what would move its cursor, and leaves other characters alone', () => {
    expect(visible(`${RED}\u009b2J\u202eabc\u0007`)).toBe(
      '\\u001b[31mred\\u001b[0m\\u009b2J\\u202eabc\\u0007',
    );
    expect(visible('one\ntwo\tthree\r')).toBe('one\\ntwo\\tthree\\r');
    expect(visible('Größe 日本 👩‍🔬 \\n')).toBe('Größe 日本 👩‍🔬 \\n');
  });

  it('has a line a column, whatever its values and its name', async () => {
    const rows = Array.from({ length: 5 }, () => `"${RED}${TITLE}\nnext",1\n`);
    const { out } = await run('profile', file('escapes.csv', `s,"co\u001b[2Jl"\n${rows.join('')}`));
    expect(out).toHaveLength(4);
    expect(out[2]).toMatch(/^co\\u001b\[2Jl +numeric/);
    expect(out[3]).toMatch(/red\\u001b\[0m\\u001b\]0;owned\\u0007\\nnext 100 %$/);
  });

  it('is JSON that holds the very values', async () => {
    const name = file('escapes.csv', '"a\u009bb"\n1\n2\n');
    const { text } = await run('--json', 'profile', name);
    expect(text).not.toMatch(/[\u0080-\u009f]/);
    expect(Object.keys(JSON.parse(text).profile.columns)).toEqual(['a\u009bb']);
  });

  it('is plain in errors too', async () => {
    const { err } = await run('profile', file('nested.jsonl', '{"a\\u001b[2Jb": {"c": 1}}\n'));
    expect(err).toContain('has a nested column a\\u001b[2Jb');
  });
});
