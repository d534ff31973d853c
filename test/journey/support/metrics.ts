import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { METRIC_NAMESPACE, type METRICS } from '../../../lib/names.ts';

/**
 * What a metric of the platform has added up to for a model in the last hour. Alarms watch it over all models; asked
 * without a dimension, the local cloud would add that series to those of the models.
 */
export async function sumOf(metric: (typeof METRICS)[keyof typeof METRICS], model: string): Promise<number> {
  const now = Date.now();
  const { Datapoints = [] } = await new CloudWatchClient().send(
    new GetMetricStatisticsCommand({
      Namespace: METRIC_NAMESPACE,
      MetricName: metric,
      Dimensions: [{ Name: 'Model', Value: model }],
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, point) => sum + (point.Sum ?? 0), 0);
}
