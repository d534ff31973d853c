/** A number as a sentence says it: so many digits that count, and no more zeros than those. */
export function short(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}

/** A share (0–1) as per cent: `12.5 %`. */
export function percent(share: number, digits = 3): string {
  return `${short(share * 100, digits)} %`;
}
