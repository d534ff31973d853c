import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { OutOfRoomError, sayingWhatIsWrong } from '../../../lib/engine/read/unreadable-file.ts';

describe('sayingWhatIsWrong', () => {
  it.each([
    [
      'Out of Memory Error: could not allocate block (488.0 MiB used)\n\nPossible solutions: …',
      'leave out columns',
    ],
    [
      'IO Error: Could not write file: No space left on device',
      `more room for temporary files than ${tmpdir()}`,
    ],
  ])('says what helps when the engine gives up for want of room: %s', async (message, says) => {
    const work = sayingWhatIsWrong('wide.csv', () => Promise.reject(new Error(message)));
    await expect(work).rejects.toThrow(OutOfRoomError);
    await expect(work).rejects.toThrow(new RegExp(`^wide\\.csv needs .*${says}`));
  });
});
