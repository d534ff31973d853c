import { z } from '@hono/zod-openapi';
import type { DriftReport } from '../../../lib/domain/drift/drift-report.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredJson } from '../../../lib/stores/required.ts';
import { ofEvidence } from '../access.ts';
import { route } from '../route.ts';
import { driftReport } from '../schemas/drift.ts';
import { isoTime, modelParams } from '../schemas/fields.ts';

const report = route(
  {
    method: 'get',
    path: '/models/{model}/windows/report',
    summary: 'all that is known of one window: every column with all that was asked of it and all statistics',
    access: { roles: ['viewer'], scope: ofEvidence },
    params: modelParams,
    query: z.object({
      start: isoTime,
      version: z.coerce.number().int().min(1),
    }),
    answer: driftReport,
  },
  async ({ model, query: { start, version } }, { registry, artifacts }) => {
    const window = await registry.get<DriftWindow>(model, sk.window(start, 'drift', version));
    if (window?.reportKey === undefined)
      throw new NotFoundError(`model ${model} has no scored window ${start} of version ${version}`);
    const { columns, segments, joint, preset, recent, explanation, verdict, alone } =
      await requiredJson<DriftReport>(artifacts, window.reportKey);
    return {
      verdict,
      alone,
      explanation,
      columns: [...columns],
      segments: [...segments],
      recent: [...recent],
      ...(joint && { joint }),
      ...(preset && { preset }),
    };
  },
);

export const windowReportRoutes = [report];
