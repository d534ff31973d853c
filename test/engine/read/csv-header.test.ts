import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvHeader } from '../../../lib/engine/read/csv-header.ts';
import { anEngine } from '../a-folder.ts';

const { path } = anEngine();

/** What a stream of a file hands out at once. */
const CHUNK_BYTES = 64 * 1024;

describe('the header of a CSV file', () => {
  it('has the quotes that a name is written with', async () => {
    writeFileSync(path('quoted.csv'), '"a""b","c,d",""" ""","e\nf",g\n1,2,3,4,5\n');
    expect(await csvHeader(path('quoted.csv'))).toEqual(['a"b', 'c,d', '" "', 'e\nf', 'g']);
  });

  it.each(['é', '温', '🌡'])('has the letter %s whole, wherever a chunk ends in it', async (letter) => {
    const bytes = Buffer.byteLength(letter);
    for (let before = 1; before < bytes; before++) {
      const long = 'a'.repeat(CHUNK_BYTES - before);
      const file = path(`cut-${bytes}-${before}.csv`);
      writeFileSync(file, `${long}${letter},temp\n1,2\n`);
      const [name, ...rest] = await csvHeader(file);
      expect([name?.slice(-3), name?.length, rest]).toEqual([
        `a${'a'.repeat(2 - letter.length)}${letter}`,
        long.length + letter.length,
        ['temp'],
      ]);
    }
  });

  it.each([';', '\t', '|'])('is refused in a sentence where columns lie between %j', async (separator) => {
    writeFileSync(path('other.csv'), ['a', 'b\n1', '2\n'].join(separator));
    await expect(csvHeader(path('other.csv'))).rejects.toThrow('wanted columns with commas between them');
  });
});
