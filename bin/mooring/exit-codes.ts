/** What scripts may rely on. */
export const EXIT = { done: 0, no: 1, usage: 2, refused: 3, unreachable: 4 } as const;

export const EXIT_HELP = `
Exit codes:
  0  done
  1  the answer is no: dataset rejected, run rejected or failed, labels refused, predictions not logged, ledger broken
  2  wrong usage
  3  the API refused or failed
  4  the API does not answer, or waiting took too long`;

/** The command line itself is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
