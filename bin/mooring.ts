#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { type Io, mooring } from './mooring/program.ts';

const io: Io = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (chunk) => process.stderr.write(chunk),
  isTerminal: process.stderr.isTTY === true,
  stdin: () => text(process.stdin),
  environment: process.env,
};

process.exitCode = await mooring(process.argv.slice(2), io);
