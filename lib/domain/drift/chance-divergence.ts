/** What chance makes of one cell's part of a Jensen-Shannon divergence, in nats. */
export interface ChancePart {
  readonly mean: number;
  readonly variance: number;
}

/** From this many expected rows on either side a cell's part is near enough a χ² of one degree. */
const ENOUGH_ROWS = 30;
/** What is left of a distribution's tail may be left out. */
const NEGLIGIBLE = 1e-12;

/**
 * What two samples of one distribution show in a cell by chance alone, given the rows that both have in it: how they fall to the
 * two sides is binomial. Exact for few rows, where the usual (1/n + 1/m)/8 is too little by a fifth; that beyond.
 *
 * @param n rows of one sample @param m of the other
 * @returns a function of the rows of both in a cell, which remembers its answers
 * Source: conditional (permutation) null of a two-sample multinomial; 2nd-order expansion for many rows.
 * @example chanceOfCell(100, 100)(2).mean // 0.0034657359…: half the time both rows fall to one side
 */
export function chanceOfCell(n: number, m: number): (rows: number) => ChancePart {
  const known = new Map<number, ChancePart>();
  return (rows) => {
    const before = known.get(rows);
    if (before !== undefined) return before;
    const part = rows * (Math.min(n, m) / (n + m)) >= ENOUGH_ROWS ? expanded(n, m) : exact(rows, n, m);
    known.set(rows, part);
    return part;
  };
}

function expanded(n: number, m: number): ChancePart {
  const unit = (1 / n + 1 / m) / 8;
  return { mean: unit, variance: 2 * unit * unit };
}

/** Summed over how many of the rows fall to the smaller sample. */
function exact(rows: number, n: number, m: number): ChancePart {
  const [small, large] = [Math.min(n, m), Math.max(n, m)];
  const odds = small / large;
  let chance = (1 + odds) ** -rows;
  let [mean, square] = [0, 0];
  for (let k = 0; k <= rows; k++) {
    const part = divergence(k / small, (rows - k) / large);
    mean += chance * part;
    square += chance * part * part;
    chance *= ((rows - k) / (k + 1)) * odds;
    if (chance < NEGLIGIBLE && k > rows * odds) break;
  }
  return { mean, variance: Math.max(0, square - mean * mean) };
}

function divergence(p: number, q: number): number {
  const term = (x: number) => (x === 0 ? 0 : (x * Math.log((2 * x) / (p + q))) / 2);
  return term(p) + term(q);
}
