interface Counted {
  readonly rows: number;
  readonly bytes: number;
}

/** A part that could not be read: its rows, where a footer names them, else its bytes stand for them. */
interface Missing {
  readonly bytes: number;
  readonly rows?: number;
}

/**
 * The share of rows that a summary has counted, of all it should have: 1 when nothing is missing. Rows of a missing part are those that
 * its footer names; where none does, as many as its bytes would hold at the density of the rest.
 *
 * @returns 0–1; 0 when nothing was counted and something is missing
 * @example coverageOf({ rows: 900, bytes: 9000 }, [{ bytes: 1000 }]) // 0.9
 */
export function coverageOf(counted: Counted, missing: readonly Missing[]): number {
  if (missing.length === 0) return 1;
  if (counted.rows === 0) return 0;
  const rowsPerByte = counted.bytes > 0 ? counted.rows / counted.bytes : 0;
  const lost = missing.reduce((sum, part) => sum + (part.rows ?? part.bytes * rowsPerByte), 0);
  return counted.rows / (counted.rows + lost);
}

/**
 * The coverage of a whole from that of its parts, by the rows that each of them should have had.
 *
 * @param parts `coverage` left out is 1; one of 0 has no rows to say how large it was and counts as large as the others on average
 * @returns 0–1; 1 for no parts
 * @example coverageOfParts([{ rows: 50, coverage: 0.5 }, { rows: 100 }]) // 0.75
 */
export function coverageOfParts(
  parts: readonly { readonly rows: number; readonly coverage?: number }[],
): number {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) return parts.some(({ coverage = 1 }) => coverage < 1) ? 0 : 1;
  const read = parts.filter(({ coverage = 1 }) => coverage > 0);
  const wanted = read.reduce((sum, part) => sum + part.rows / (part.coverage ?? 1), 0);
  // A part of which nothing was read is taken to be as large as the others.
  return (rows / wanted) * (read.length / parts.length);
}
