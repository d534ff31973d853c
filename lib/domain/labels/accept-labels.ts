import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { eventTimeIssue, eventTimeOf } from '../predictions/event-time.ts';
import { addressOf } from '../predictions/prediction-id.ts';
import type { ModelSpec } from '../spec.ts';
import { type LabelInput, type LabelRecord, labelSchema } from './label.ts';
import { labelCheck } from './label-check.ts';

/** What is wrong with one label of a call. */
export interface LabelError {
  /** Position in the call, from 0. */
  readonly index: number;
  /** The field; empty for a label that is no object. */
  readonly path: string;
  readonly message: string;
}

export interface AcceptedLabels {
  readonly labels: readonly LabelRecord[];
  readonly errors: readonly LabelError[];
}

/**
 * Sorts the labels of one call into those to keep and what is wrong with the others: one bad label never costs the good ones.
 * @param specs of the versions that may have served what is labelled, and the newest first: a label fits one of them
 * @param receivedAt ISO 8601 UTC
 * @example acceptLabels([{ id: 'a', eventTime: '2013-04-01', label: 1 }], [spec], now).labels.length // 1
 */
export function acceptLabels(
  inputs: readonly unknown[],
  specs: readonly ModelSpec[],
  receivedAt: string,
): AcceptedLabels {
  const checks = specs.map(labelCheck);
  const labels: LabelRecord[] = [];
  const errors: LabelError[] = [];
  inputs.forEach((input, index) => {
    const parsed = labelSchema.safeParse(input);
    if (!parsed.success) {
      errors.push(...parsed.error.issues.flatMap(problemsOf).map((problem) => ({ index, ...problem })));
      return;
    }
    const messages = checks.map((check) => check(parsed.data.label));
    const eventTime = timeOf(parsed.data);
    const message = messages.includes(undefined) ? undefined : messages[0];
    const issue = eventTime === undefined ? 'is no prediction id' : eventTimeIssue(eventTime, receivedAt);
    const path = parsed.data.predictionId === undefined ? 'eventTime' : 'predictionId';
    if (message !== undefined) errors.push({ index, path: 'label', message });
    if (issue !== undefined) errors.push({ index, path, message: issue });
    if (message !== undefined || issue !== undefined || eventTime === undefined) return;
    labels.push({ ...parsed.data, eventTime, receivedAt });
  });
  return { labels, errors };
}

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: key, message: 'is no known key' }));
  const isNoObject = issue.path.length === 0;
  return [
    { path: issue.path.join('.'), message: isNoObject ? 'must be an object with a label' : issue.message },
  ];
}

/** A prediction id decides its own hour, whatever time comes with it: the label must lie where its prediction does. */
function timeOf(label: LabelInput): string | undefined {
  if (label.predictionId === undefined) return eventTimeOf(label.eventTime);
  const address = addressOf(label.predictionId);
  return address === undefined ? undefined : `${address.date}T${address.hour}:00:00.000Z`;
}
