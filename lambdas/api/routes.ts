import type { Route } from './route.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { codeRoutes } from './routes/code.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { deletionRoutes } from './routes/deletion.ts';
import { healthRoutes } from './routes/health.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { killSwitchRoutes } from './routes/kill-switch.ts';
import { labelRoutes } from './routes/labels.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { lineageRoutes } from './routes/lineage.ts';
import { liveRoutes } from './routes/live.ts';
import { modelRoutes } from './routes/models.ts';
import { monitoringRoutes } from './routes/monitoring.ts';
import { proposalRoutes } from './routes/proposal.ts';
import { releaseRoutes } from './routes/releases.ts';
import { retirementRoutes } from './routes/retirement.ts';
import { rollbackRoutes } from './routes/rollback.ts';
import { runRoutes } from './routes/runs.ts';
import { signalRoutes } from './routes/signals.ts';
import { specRoutes } from './routes/spec.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { versionRoutes } from './routes/versions.ts';
import { windowReportRoutes } from './routes/window-report.ts';
import { windowRoutes } from './routes/windows.ts';

/** Every route of the API but predict, which is a function of its own. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...modelRoutes,
  ...specRoutes,
  ...proposalRoutes,
  ...deletionRoutes,
  ...uploadRoutes,
  ...datasetRoutes,
  ...codeRoutes,
  ...runRoutes,
  ...versionRoutes,
  ...releaseRoutes,
  ...approvalRoutes,
  ...rollbackRoutes,
  ...retirementRoutes,
  ...labelRoutes,
  ...windowReportRoutes,
  ...windowRoutes,
  ...monitoringRoutes,
  ...incidentRoutes,
  ...killSwitchRoutes,
  ...signalRoutes,
  ...ledgerRoutes,
  ...liveRoutes,
  ...lineageRoutes,
  ...tokenRoutes,
];
