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
});
