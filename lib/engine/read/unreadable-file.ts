import { MooringError } from '../../domain/errors.ts';

/** A file that cannot be profiled: its sentence names the file and says why. */
export class UnreadableFileError extends MooringError {
  override readonly name = 'UnreadableFileError';
}

/** Content that is harmed, found by who does not know what people call the file: a sentence without its name. */
export class UnreadableContentError extends Error {
  override readonly name = 'UnreadableContentError';
}

/**
 * Runs work on a file and says what is wrong with the file in a sentence. Out of memory and a full disk are no fault of the
 * file, and pass.
 *
 * @param name of the file for people
 */
export async function sayingWhatIsWrong<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof UnreadableFileError || isOutOfRoom(message)) throw error;
    throw new UnreadableFileError(`${name} cannot be read: ${sentenceOf(message)}`, { cause: error });
  }
}

/** Whether the engine gave up for want of memory or disk, which is no fault of what it read. */
export function isOutOfRoom(message: string): boolean {
  return /No space left|Out of Memory/i.test(message);
}

/** The first line of what the engine says, without its kind and without the file's path. */
function sentenceOf(message: string): string {
  const first = message.split('\n')[0] ?? '';
  return first.replace(/^[A-Za-z ]+ Error: /, '').replace(/(?:of|in) file ["'][^"']*["']:? ?/, '');
}
