/** A number as a sentence says it. */
export function short(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}

/** A share (0–1) as per cent. */
export function percent(share: number): string {
  return `${short(share * 100)} %`;
}
