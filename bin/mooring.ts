#!/usr/bin/env -S node --experimental-strip-types
import { text } from 'node:stream/consumers';
import { EXIT } from './mooring/exit-codes.ts';
import type { Io } from './mooring/io.ts';
import { mooring } from './mooring/program.ts';

// A reader that has seen enough, such as `head`, closes the pipe: that is its good right, and changes no exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(EXIT.refused);
});

const io: Io = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (chunk) => process.stderr.write(chunk),
  isTerminal: process.stderr.isTTY === true,
  stdin: () => text(process.stdin),
  environment: process.env,
};

process.exitCode = await mooring(process.argv.slice(2), io);
