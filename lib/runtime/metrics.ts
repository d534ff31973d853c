import { METRIC_NAMESPACE, type METRICS } from '../names.ts';

export type MetricName = (typeof METRICS)[keyof typeof METRICS];
export type MetricUnit = 'Count' | 'Milliseconds' | 'Bytes';

export interface Metrics {
  /** Low-cardinality dimensions only: the model, never an id of a call. */
  emit(
    name: MetricName,
    value: number,
    unit: MetricUnit,
    dimensions?: Readonly<Record<string, string>>,
  ): void;
}

/**
 * Metrics that ride in the log (CloudWatch embedded metric format): no call, no latency, no permission.
 * Each is published with its dimensions and once without, so that one alarm can watch all models.
 */
export function embeddedMetrics(sink: (line: string) => void = console.log): Metrics {
  return {
    emit: (name, value, unit, dimensions = {}) => {
      const names = Object.keys(dimensions);
      const sets = names.length === 0 ? [[]] : [names, []];
      const definition = {
        Namespace: METRIC_NAMESPACE,
        Dimensions: sets,
        Metrics: [{ Name: name, Unit: unit }],
      };
      sink(
        JSON.stringify({
          _aws: { Timestamp: Date.now(), CloudWatchMetrics: [definition] },
          ...dimensions,
          [name]: value,
        }),
      );
    },
  };
}
