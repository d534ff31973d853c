/** The guard's first answer to one signal; a repeat reads it. */
export interface Signal {
  readonly model: string;
  readonly id: string;
  readonly kind: 'drift' | 'schedule';
  readonly answer: GuardAnswer;
  readonly answeredAt: string;
}

export type SuppressReason =
  | 'open-incident'
  | 'run-in-progress'
  | 'cooldown'
  | 'daily-budget-spent'
  | 'monthly-budget-spent'
  | 'too-few-new-labels'
  | 'kill-switch'
  | 'no-champion'
  | 'disabled';

export type GuardAnswer =
  | { readonly decision: 'start'; readonly runId: string }
  | { readonly decision: 'suppress'; readonly because: SuppressReason; readonly detail: string };
