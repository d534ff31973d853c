import type { Progress } from './progress.ts';
import { StepError } from './step-error.ts';

export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** Names the step in progress, in durations (seconds) and in the error of a step that fails. */
export function stepper(progress: Pick<Progress, 'step'>, durations: Record<string, number>): Step {
  return async (title, work) => {
    progress.step(title);
    const began = performance.now();
    try {
      return await work();
    } catch (error) {
      throw new StepError(title, error);
    } finally {
      durations[title] = Math.round((performance.now() - began) / 100) / 10;
    }
  };
}
