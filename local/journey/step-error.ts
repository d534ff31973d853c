/** A step of the journey that did not do what it must; the sentence names the step, so that a reader knows where to look. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(`${step}: ${describe(cause)}`, { cause });
    this.step = step;
  }
}

/** Fails the step that is running with a sentence: what was got, what was wanted. */
export function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const details = (cause as { details?: readonly { path: string; message: string }[] }).details ?? [];
  return [cause.message, ...details.map((d) => `${d.path} ${d.message}`)].join('; ');
}
