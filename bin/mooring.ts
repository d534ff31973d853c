#!/usr/bin/env -S node --experimental-strip-types
import { text } from 'node:stream/consumers';
import type { Io } from './mooring/io.ts';
import { mooring } from './mooring/program.ts';

// A reader that has seen enough, such as `head`, closes the pipe: that is its good right, and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const io: Io = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (chunk) => process.stderr.write(chunk),
  isTerminal: process.stderr.isTTY === true,
  stdin: () => text(process.stdin),
  environment: process.env,
};

process.exitCode = await mooring(process.argv.slice(2), io);
