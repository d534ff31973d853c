import { describe, expect, it } from 'vitest';
import { anOfflineTerminal } from './a-terminal.ts';

const { run, file } = anOfflineTerminal();

describe('mooring profile FILE', () => {
  it('never estimates more distinct values than there are values', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => i);
    const { out } = await run('profile', file('ids.csv', ['id', ...ids].join('\n')));
    // The sketch of these says 20,294.
    expect(out.join('\n')).toMatch(/^id +numeric +0 +20000 +0 to /m);
  });

  it('says of ids beyond 2^53 how many there are, and a mean between the smallest and the largest', async () => {
    const ids = Array.from({ length: 1001 }, (_, i) => `${9007199254740993n + BigInt(i)}`);
    const { text } = await run('profile', file('large.csv', ['id', ...ids].join('\n')));
    expect(text).toMatch(/ (99\d|100\d) +9007199254740993 to 9007199254741993, mean 9007199254741493$/m);
  });

  it('says of numbers far from zero where they differ, and of the largest double no infinity', async () => {
    const { text } = await run(
      'profile',
      file('far.csv', 'ms,huge\n1770000000001,1.7976e308\n1770000060000,-1.7976e308\n'),
    );
    expect(text).toMatch(/1770000000000 to 1770000060000, mean 1770000030000$/m);
    expect(text).toMatch(/-1\.7976e\+308 to 1\.7976e\+308/);
  });

  it('tells what is missing from what is no number, and from values of the wrong type', async () => {
    const values = [...Array.from({ length: 100 }, (_, i) => i), '', 'NaN', 'inf', '-inf', 'n/a', 'n/a'];
    const { text } = await run(
      'profile',
      file('gaps.csv', `id,x\n${values.map((x, i) => `${i},${x}`).join('\n')}\n`),
    );
    expect(text).toMatch(/^x .* 1 .* mean 49\.5; 2 of the wrong type; 1 NaN; 1 Infinity; 1 -Infinity$/m);
  });
});
