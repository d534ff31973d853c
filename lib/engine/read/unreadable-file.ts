import { tmpdir } from 'node:os';
import { MooringError } from '../../domain/errors.ts';

/** A file that cannot be profiled: its sentence names the file and says why. */
export class UnreadableFileError extends MooringError {
  override readonly name = 'UnreadableFileError';
}

/** Content that is harmed, found by who does not know what people call the file: a sentence without its name. */
export class UnreadableContentError extends Error {
  override readonly name = 'UnreadableContentError';
}

/** The engine gave up for want of memory or disk, which is no fault of the file: its sentence says what helps. */
export class OutOfRoomError extends MooringError {
  override readonly name = 'OutOfRoomError';
}

/**
 * Runs work on a file and says what is wrong with the file, or too large about it, in a sentence.
 *
 * @param name of the file for people
 */
export async function sayingWhatIsWrong<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof MooringError) throw error;
    if (isOutOfRoom(message)) throw new OutOfRoomError(`${name} ${whatHelps(message)}`, { cause: error });
    throw new UnreadableFileError(`${name} cannot be read: ${sentenceOf(message)}`, { cause: error });
  }
}

/** Whether the engine gave up for want of memory or disk, which is no fault of what it read. */
export function isOutOfRoom(message: string): boolean {
  return /No space left|Out of Memory/i.test(message);
}

function whatHelps(message: string): string {
  return /Out of Memory/i.test(message)
    ? 'needs more memory than the engine may take: leave out columns or long texts, or cut it into files of fewer rows'
    : `needs more room for temporary files than ${tmpdir()} has: free some, or let TMPDIR name a larger disk`;
}

/** The first line of what the engine says, without its kind and without the file's path. */
function sentenceOf(message: string): string {
  const first = message.split('\n')[0] ?? '';
  return first.replace(/^[A-Za-z ]+ Error: /, '').replace(/(?:of|in) file ["'][^"']*["']:? ?/, '');
}
