/** Counts of Evidently's own test of its distances. */
export const FREQUENT = { a: [16, 18, 16, 14, 12, 12], b: [16, 16, 16, 16, 16, 8] } as const;

/** A category that the reference never saw, and one that nobody has. */
export const UNSEEN = { a: [500, 300, 200, 0, 0], b: [450, 250, 200, 100, 0] } as const;

/** Two samples of eight. */
export const EIGHT = {
  x: [38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58],
  y: [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
} as const;

/** Two samples of 5,000, a formula instead of a file: the second is a little wider and shifted. */
export function fiveThousand(): { readonly x: Float64Array; readonly y: Float64Array } {
  const fraction = (value: number) => value - Math.floor(value);
  return {
    x: Float64Array.from({ length: 5000 }, (_, i) => fraction(Math.sin(i * 12.9898) * 43758.5453)),
    y: Float64Array.from(
      { length: 5000 },
      (_, i) => fraction(Math.sin((i + 7) * 78.233) * 12543.123) ** 1.1 * 1.02 + 0.01,
    ),
  };
}

const multiples = (n: number, by: number, modulus: number, plus = 0) =>
  Array.from({ length: n }, (_, k) => ((k * by) % modulus) + plus);

/** Whole numbers: 300 and 250 of about a hundred values. */
export const WHOLE = { x: multiples(300, 37, 101), y: multiples(250, 53, 97, 4) } as const;

/** Numbers of four values. */
export const FEW = {
  x: multiples(400, 7, 4),
  y: Array.from({ length: 300 }, (_, k) => (k * 5) ** 2 % 4),
} as const;

/** Categories; `h` is new. */
export const LETTERS = {
  x: [...'aaaaabbbccddddddeeffffgg'.repeat(3)],
  y: [...'aaaabbbbbcdddeefffffffgghh'.repeat(2)],
} as const;

/** Two categories, fifty rows each. */
export const YES_NO = { x: [...'yyyynnnnnn'.repeat(5)], y: [...'yyyyyynnnn'.repeat(5)] } as const;

/** A right-skewed reference of 12,003 values and 3,000 current ones, a little wider. */
export function skewed(): { readonly x: Float64Array; readonly y: Float64Array } {
  const fraction = (value: number) => value - Math.floor(value);
  return {
    x: Float64Array.from(
      { length: 12_003 },
      (_, i) => -Math.log(1 - fraction(Math.sin(i * 12.9898) * 43758.5453)),
    ),
    y: Float64Array.from(
      { length: 3000 },
      (_, i) => -Math.log(1 - fraction(Math.sin((i + 7) * 78.233) * 12543.123)) * 1.05 - 0.02,
    ),
  };
}
