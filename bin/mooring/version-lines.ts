import type { Release } from '../../lib/domain/registry/release.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { shown, table } from './table.ts';

const HEADINGS = ['version', 'status', 'metrics', 'baseline', 'champion', 'trained until', 'stopped by'];

/** Versions as people compare them: the numbers of those they were measured against stand beside their own. */
export function versionLines(
  versions: readonly ModelVersion[],
  releases: readonly Release[],
): readonly string[] {
  const rows = versions.map((version) => {
    const { number, metrics, baselineMetrics, championMetrics, gates, trainedUntil } = version;
    const gated = new Set<string>(gates.map(({ metric }) => metric));
    const stopped = gates.filter(({ verdict }) => verdict !== 'pass').map(({ reason }) => reason);
    return [
      number,
      statusOf(version, releases),
      numbers(metrics),
      numbers(baselineMetrics, gated),
      numbers(championMetrics, gated),
      trainedUntil,
      stopped.length > 0 ? stopped.join('; ') : undefined,
    ];
  });
  return table(HEADINGS, rows);
}

function numbers(metrics: ModelVersion['metrics'] = {}, named?: ReadonlySet<string>): string | undefined {
  const entries = Object.entries(metrics).filter(([metric]) => named === undefined || named.has(metric));
  return entries.length === 0
    ? undefined
    : entries.map(([metric, value]) => `${metric} ${shown(value)}`).join(' ');
}

/** A version that has served stays approved, so that it may serve again: what tells it from others is when it served. */
function statusOf({ number, status, inServiceSince }: ModelVersion, releases: readonly Release[]): string {
  if (inServiceSince === undefined) return status;
  if (status === 'in-service') return `${status} since ${minute(inServiceSince)}`;
  const ends = releases.flatMap((r) =>
    r.from === number && r.closedAt && r.status === 'completed' ? [r.closedAt] : [],
  );
  const until = ends.sort().at(-1);
  return until === undefined ? `${status}, has served` : `${status}, served until ${minute(until)}`;
}

const minute = (time: string) => `${time.slice(0, 16)}Z`;
