/** What is wrong with a spec's SQL, and where. */
export interface SpecIssue {
  readonly path: string;
  readonly message: string;
}

/** A check touches no rows; one that takes this long is an attack on the parser. */
export const CHECK_LIMIT_MS = 5000;
