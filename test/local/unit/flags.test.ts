import { describe, expect, it } from 'vitest';
import { readFlags, UsageError } from '../../../local/flags.ts';
import { exitCode, Interrupted } from '../../../local/interruption.ts';

describe('readFlags', () => {
  it('stays up and plays the journey unless told otherwise', () => {
    expect(readFlags([])).toMatchObject({ once: false, journey: true, port: 4566, help: false });
    expect(readFlags(['--once', '--no-journey', '--port', '5000', '--report', 'r.json'])).toMatchObject({
      once: true,
      journey: false,
      port: 5000,
      report: 'r.json',
    });
  });

  it('refuses a port that is none, with the value', () => {
    for (const port of ['0', '65536', '45.5', 'http'])
      expect(() => readFlags(['--port', port])).toThrow(`--port must be 1 to 65535, got ${port}`);
  });

  it('shows what is right to whoever mistypes', () => {
    expect(() => readFlags(['--onse'])).toThrow(UsageError);
    expect(() => readFlags(['--onse'])).toThrow(/--onse[\s\S]*usage: npm start/);
  });
});

describe('exitCode', () => {
  it('tells a failure from a wrong command line and from Ctrl-C', () => {
    expect([new Error('x'), new UsageError('x'), new Interrupted('x')].map(exitCode)).toEqual([1, 2, 130]);
  });
});
