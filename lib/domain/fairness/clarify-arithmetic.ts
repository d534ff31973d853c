/**
 * A quotient as SageMaker Clarify takes it: nothing of nothing is 0, something of nothing is infinite.
 * @example divide(0, 0) // 0
 */
export function divide(a: number, b: number): number {
  if (b !== 0) return a / b;
  return a === 0 ? 0 : a * Number.POSITIVE_INFINITY;
}

/** A difference in which two equal infinities cancel. */
export function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
