import { MAX_FAILURE_REASON_LENGTH, MAX_FRUITLESS_TRAINING_JOBS } from './limits.ts';
import { type Child, hasEnded, objectiveStatus } from './tuning-children.ts';
import type { Objective, TuningRequest } from './tuning-request.ts';
import type { Candidate } from './tuning-search.ts';

export type Outcome =
  | { readonly status: 'Completed' | 'Stopped' }
  | { readonly status: 'Failed'; readonly reason: string };

export type Stop = { requested: boolean };

const SEE = 'Please take a look at the training job failures to get more details.';

/** Why there is no best training job among those that have ended, if there is none. */
const fruitless = (ended: readonly Child[], objective: Objective, all: boolean): string | undefined => {
  if (ended.some((child) => objectiveStatus(child, objective) === 'Succeeded')) return undefined;
  if (ended.some(({ entry }) => entry.job.TrainingJobStatus === 'Completed')) {
    return `No objective metrics found after running ${ended.length} training jobs. Please ensure that the custom algorithm is emitting the objective metric as defined by the regular expression provided.`;
  }
  return all
    ? `All training jobs failed. ${SEE}`
    : `No training job succeeded after ${ended.length} attempts. ${SEE}`;
};

/** The life of a tuning job: its training jobs one after another, `maxParallel` at once. */
export const runTuning = async (
  request: TuningRequest,
  children: readonly Child[],
  stop: Stop,
  launch: (tuned: Candidate) => Child,
): Promise<Outcome> => {
  const ended = () => children.filter(hasEnded);
  const hopeless = () =>
    ended().length >= MAX_FRUITLESS_TRAINING_JOBS && fruitless(ended(), request.objective, false);
  const candidates = request.candidates()[Symbol.iterator]();
  let fault: unknown;
  const work = async () => {
    for (;;) {
      if (stop.requested || fault || hopeless()) return;
      const next = candidates.next();
      if (next.done) return;
      await launch(next.value).entry.ended;
    }
  };
  const worker = () =>
    work().catch((error) => {
      fault = error;
    });
  await Promise.all(Array.from({ length: request.maxParallel }, worker));
  if (fault) {
    return { status: 'Failed', reason: `InternalServerError: ${fault}`.slice(0, MAX_FAILURE_REASON_LENGTH) };
  }
  if (stop.requested) return { status: 'Stopped' };
  const reason = hopeless() || fruitless(children, request.objective, true);
  return reason ? { status: 'Failed', reason } : { status: 'Completed' };
};
