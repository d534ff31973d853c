export interface Schedules {
  /** Makes the model's schedules equal to `wanted`; answers the names that then exist. */
  apply(model: string, wanted: readonly Schedule[]): Promise<readonly string[]>;
}

export interface Schedule {
  /** The name is `<purpose>-<model>`. */
  readonly purpose: 'monitor' | 'retrain';
  /** EventBridge Scheduler expression: `rate(1 hour)` or `cron(…)`. */
  readonly expression: string;
}
