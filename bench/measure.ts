/** One number of a benchmark; printed as one JSON line. */
export interface Measure {
  readonly bench: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** Callers at once, where it matters. */
  readonly callers?: number;
}

/** Where a benchmark reports: each number as soon as it is known. */
export type Report = (measure: Measure) => void;

export function printMeasure(measure: Measure): void {
  process.stdout.write(`${JSON.stringify({ ...measure, value: Number(measure.value.toPrecision(4)) })}\n`);
}

/**
 * A percentile by the nearest rank.
 * @param p 0–100
 * @example percentile([3, 1, 2], 50) // 2
 */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** How long each of `count` calls takes, in ms, `callers` at once, and all of them together in seconds. */
export async function timeCalls(
  count: number,
  callers: number,
  call: () => Promise<unknown>,
): Promise<{ readonly eachMs: readonly number[]; readonly seconds: number }> {
  const eachMs: number[] = [];
  let left = count;
  const startedMs = performance.now();
  const caller = async () => {
    while (left-- > 0) {
      const beganMs = performance.now();
      await call();
      eachMs.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { eachMs, seconds: (performance.now() - startedMs) / 1000 };
}

/** Of all threads of this process. */
export async function cpuSecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
