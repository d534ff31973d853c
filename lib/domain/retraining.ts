import type { Head } from './registry/head.ts';
import type { SuppressReason } from './registry/signal.ts';
import type { ModelSpec } from './spec.ts';
import { spent } from './training/run-start.ts';

export interface GuardQuestion {
  readonly kind: 'drift' | 'schedule';
  readonly head: Head;
  readonly retraining: ModelSpec['retraining'];
  /** Labelled rows newer than what the last run could learn from. */
  readonly newLabels: number;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
}

export interface Suppression {
  readonly because: SuppressReason;
  /** A sentence with the numbers. */
  readonly detail: string;
}

type Check = (question: GuardQuestion) => string | undefined;

const HOUR_MS = 3_600_000;

/**
 * In this order: what people have said, then what is wrong, then what is going on, then what it would cost, and last
 * whether it would help. The first that objects is the reason given.
 */
const CHECKS: readonly (readonly [SuppressReason, Check])[] = [
  ['kill-switch', ({ head }) => (head.killSwitch ? 'the kill switch is on' : undefined)],
  [
    'disabled',
    ({ kind, retraining }) =>
      kind === 'drift' && !retraining.onDrift ? 'the spec says onDrift: false' : undefined,
  ],
  ['no-champion', ({ head }) => (head.champion === undefined ? 'no version is in service yet' : undefined)],
  [
    'open-incident',
    ({ head }) =>
      head.openIncidents > 0 ? `${head.openIncidents} incident(s) must be closed first` : undefined,
  ],
  ['run-in-progress', ({ head }) => (head.runLock ? `run ${head.runLock.holder} is in progress` : undefined)],
  ['cooldown', cooldown],
  [
    'daily-budget-spent',
    ({ head, retraining, at }) =>
      budget('day', spent(head.retraining, at).startedInDay, retraining.maxPerDay),
  ],
  [
    'monthly-budget-spent',
    ({ head, retraining, at }) =>
      budget('month', spent(head.retraining, at).startedInMonth, retraining.maxPerMonth),
  ],
  [
    'too-few-new-labels',
    ({ newLabels, retraining }) =>
      newLabels < retraining.minNewLabels
        ? `${retraining.minNewLabels} new labelled rows are wanted, ${newLabels} have come`
        : undefined,
  ],
];

/**
 * Whether a machine may start a training run now.
 *
 * @returns the first objection, or undefined when there is none
 * @example suppression({ kind: 'drift', head: { …, killSwitch: true }, … })?.because // 'kill-switch'
 */
export function suppression(question: GuardQuestion): Suppression | undefined {
  for (const [because, check] of CHECKS) {
    const detail = check(question);
    if (detail !== undefined) return { because, detail };
  }
  return undefined;
}

function cooldown({ head, retraining, at }: GuardQuestion): string | undefined {
  const last = head.retraining.lastStartedAt;
  if (last === undefined) return undefined;
  const until = Date.parse(last) + retraining.cooldownHours * HOUR_MS;
  if (Date.parse(at) >= until) return undefined;
  return `the last one started at ${last}, the next may at ${new Date(until).toISOString()}`;
}

function budget(period: 'day' | 'month', started: number, most: number): string | undefined {
  return started < most ? undefined : `${started} of ${most} runs a ${period} have started`;
}
