import { z } from '@hono/zod-openapi';
import { InvalidInputError } from '../../../lib/domain/errors.ts';
import { columnSeries, metricSeries } from '../../../lib/domain/monitoring/series.ts';
import type { DriftWindow, QualityWindow } from '../../../lib/domain/registry/window.ts';
import { METRIC_NAMES, type MetricName } from '../../../lib/domain/spec.ts';
import { listAll, type PageRequest } from '../../../lib/stores/registry/registry.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { ofEvidence } from '../access.ts';
import { judgedColumns } from '../judged-columns.ts';
import { matching } from '../matching.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { pageOf, pageQuery } from '../schemas/page.ts';
import { seriesPoint } from '../schemas/series.ts';
import { keyRange, timeRange } from '../schemas/time-range.ts';
import { window } from '../schemas/window.ts';

const windowQuery = pageQuery.extend({
  ...timeRange,
  kind: z.enum(['drift', 'quality']).optional(),
  version: z.coerce.number().int().min(1).optional(),
});
type Query = z.output<typeof windowQuery>;
type Window = DriftWindow | QualityWindow;

const list = route(
  {
    method: 'get',
    path: '/models/{model}/windows',
    summary: 'drift and quality, window by window, oldest first',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: windowQuery,
    answer: pageOf(window),
  },
  async ({ model, query }, { registry }) => {
    const range = keyRange(query);
    const read = (page: PageRequest) => registry.list<Window>(model, skPrefix.window, { ...page, ...range });
    return matching(read, query, (window) => matches(window, query));
  },
);

const series = route(
  {
    method: 'get',
    path: '/models/{model}/windows/series',
    summary: 'one column or one metric, window by window: the points of a curve',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: z.object({
      ...timeRange,
      version: z.coerce.number().int().min(1).optional(),
      /** `input.x`, `feature.x` or `output.x`. */
      column: z.string().max(100).optional(),
      metric: z.enum(METRIC_NAMES).optional(),
    }),
    answer: z.object({ points: z.array(seriesPoint) }),
  },
  async ({ model, query }, deps) => {
    const { column, metric } = query;
    if ((column === undefined) === (metric === undefined))
      throw new InvalidInputError('a series is of either a column or a metric', {
        details: [{ path: 'query', message: 'must have exactly one of column and metric' }],
      });
    if (column !== undefined && !(await judgedColumns(model, deps)).has(column))
      throw new InvalidInputError(`model ${model} judges no such column`, {
        details: [{ path: 'query.column', message: `must be a column such as input.x, got ${column}` }],
      });
    const all = await listAll<Window>(deps.registry, model, skPrefix.window, keyRange(query));
    const windows = all.filter((window) => matches(window, query));
    const points =
      column === undefined
        ? metricSeries(windows, metric as MetricName)
        : columnSeries(
            windows.filter((window) => window.kind === 'drift'),
            column,
          );
    return { points: [...points] };
  },
);

function matches(window: Window, { kind, version }: Pick<Partial<Query>, 'kind' | 'version'>): boolean {
  return (
    (kind === undefined || window.kind === kind) && (version === undefined || window.version === version)
  );
}

export const windowRoutes = [series, list];
