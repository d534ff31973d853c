/** What scripts may rely on. */
export const EXIT = { done: 0, no: 1, usage: 2, refused: 3, unreachable: 4, unknown: 5 } as const;

export const EXIT_HELP = `
Exit codes:
  0  done
  1  the answer is no: dataset rejected, run rejected or failed, labels refused, predictions not logged, ledger broken,
     a file that drifted
  2  wrong usage
  3  the API refused or failed, a file cannot be used
  4  the API does not answer, or waiting took too long
  5  nobody can tell: too few rows to score`;

/** The command line itself is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
