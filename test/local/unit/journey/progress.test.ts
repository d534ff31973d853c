import { describe, expect, it } from 'vitest';
import { mutedAfter, terminalProgress } from '../../../../local/journey/progress.ts';

const CLEAR = '\r\x1b[2K';

/** A terminal that keeps what is written, and a clock that is set by hand. */
function aTerminal({ isTTY = true, columns = 40, color = false } = {}) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const out = { isTTY, columns, write: (text: string) => written.push(text) };
  return { written, clock, progress: terminalProgress(out, { nowMs: () => clock.ms, color }) };
}

describe('terminalProgress', () => {
  it('begins a step with the minutes and seconds since the start', () => {
    const { progress, clock, written } = aTerminal();
    clock.ms = 83_400;
    progress.step('deploy');
    expect(written).toEqual([`${CLEAR} 1:23  deploy\n`]);
  });

  it('redraws what is happening in place, and clears it before the next line', () => {
    const { progress, written } = aTerminal();
    progress.status('500 of 1,000 flights');
    progress.note('done');
    progress.end();
    expect(written).toEqual([`${CLEAR} 0:00  … 500 of 1,000 flights`, `${CLEAR}       done\n`, CLEAR]);
  });

  it('cuts what is shown in place before the last column, because a wrapped line cannot be cleared', () => {
    const { progress, written } = aTerminal({ columns: 20 });
    progress.status('x'.repeat(50));
    expect(written[0]?.slice(CLEAR.length)).toHaveLength(19);
  });

  it('wraps a note below its first line', () => {
    const { progress, written } = aTerminal({ columns: 20 });
    progress.note('version 1 is in service');
    expect(written.join('')).toBe(`${CLEAR}       version 1 is\n       in service\n`);
  });

  it('writes plain lines where nothing can be redrawn', () => {
    const { progress, written } = aTerminal({ isTTY: false });
    progress.step('deploy');
    progress.status('500 of 1,000 flights');
    progress.note('done');
    progress.end();
    expect(written).toEqual([' 0:00  deploy\n', '       done\n']);
  });

  it('emphasizes only where it is asked to', () => {
    const { progress, written } = aTerminal({ color: true });
    progress.step('deploy');
    expect(written[0]).toContain('\x1b[1mdeploy\x1b[0m');
  });
});

describe('mutedAfter', () => {
  it('says nothing more once the signal came', () => {
    const { progress, written } = aTerminal({ isTTY: false });
    const stop = new AbortController();
    const muted = mutedAfter(progress, stop.signal);
    muted.note('before');
    stop.abort();
    muted.step('after');
    muted.note('after');
    muted.status('after');
    expect(written).toEqual(['       before\n']);
  });
});
