/** What is wrong with a path that the command line named. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EISDIR: 'must be a file, and is a folder',
  EACCES: 'may not be read by you',
};

/** The sentence for a file that was named and cannot be read; undefined for every other error. */
export function fileProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const words = WORDS[code];
  return words === undefined ? undefined : `${path ?? 'a file'} ${words}`;
}
