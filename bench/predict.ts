import type { Report } from './measure.ts';
import { benchPredictHttp } from './predict-http.ts';
import { benchPredictVerb } from './predict-verb.ts';

/** What a prediction costs in time: the verb alone, then over HTTP. */
export async function benchPredict(report: Report): Promise<void> {
  await benchPredictVerb(report);
  await benchPredictHttp(report);
}
