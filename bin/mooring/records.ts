import { readFile } from 'node:fs/promises';
import { UsageError } from './exit-codes.ts';
import type { Io } from './io.ts';

/** Reads records from a file, or from stdin for `-`: a JSON list, an object that holds it under `key`, one object, or JSON Lines. */
export async function recordsOf<T>(file: string, key: string, io: Io): Promise<readonly T[]> {
  const text = file === '-' ? await io.stdin() : await readFile(file, 'utf8');
  const whole = parse(text);
  if (Array.isArray(whole)) return whole;
  if (typeof whole === 'object' && whole !== null) {
    const listed = (whole as Record<string, unknown>)[key];
    return Array.isArray(listed) ? listed : [whole as T];
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const record = parse(line);
      if (record === undefined)
        throw new UsageError(`line ${i + 1} of ${file} must be JSON, got ${line.slice(0, 60)}`);
      return record as T;
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
