import type { MetricDefinition } from '@aws-sdk/client-sagemaker';
import { invalid } from './errors.ts';
import { required } from './input.ts';
import { MAX_METRIC_REGEX_LENGTH, MAX_METRICS } from './limits.ts';

export type Metric = { readonly name: string; readonly regex: RegExp };

export type FinalMetric = {
  readonly MetricName: string;
  readonly Value: number;
  readonly Timestamp: number;
};

const regularExpression = (source: string, field: string): RegExp => {
  if (source.length > MAX_METRIC_REGEX_LENGTH) {
    throw invalid(
      `${field} has ${source.length} characters, wanted ${MAX_METRIC_REGEX_LENGTH} characters at most`,
    );
  }
  try {
    // An empty alternative matches always, and says how many groups there are.
    const groups = (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
    if (groups > 0) return new RegExp(source);
  } catch {
    throw invalid(`${field} is ${JSON.stringify(source)}, wanted a regular expression`);
  }
  throw invalid(`${field} is ${JSON.stringify(source)}, wanted one with a group around the value`);
};

export const parseMetrics = (given: readonly MetricDefinition[] = []): readonly Metric[] => {
  const field = 'AlgorithmSpecification.MetricDefinitions';
  if (given.length > MAX_METRICS)
    throw invalid(`${field} has ${given.length} entries, wanted ${MAX_METRICS} at most`);
  return given.map(({ Name, Regex }, index) => ({
    name: required(Name, `${field}[${index}].Name`),
    regex: regularExpression(required(Regex, `${field}[${index}].Regex`), `${field}[${index}].Regex`),
  }));
};

/** Follows a log; the final value of a metric is the last one in it. */
export const createMetricReader = (metrics: readonly Metric[], now: () => number) => {
  const last = new Map<string, FinalMetric>();
  return {
    read: (line: string): void => {
      for (const { name, regex } of metrics) {
        const text = regex.exec(line)?.[1];
        const value = text ? Number(text) : Number.NaN;
        if (Number.isFinite(value)) last.set(name, { MetricName: name, Value: value, Timestamp: now() });
      }
    },
    final: (): readonly FinalMetric[] => [...last.values()],
  };
};
