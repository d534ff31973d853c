import { type Command, Option } from 'commander';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { METRIC_NAMES } from '../../../lib/domain/spec.ts';
import type { Window, WindowQuery } from '../answers.ts';
import { allOf } from '../client.ts';
import { progress } from '../progress.ts';
import type { Session } from '../session.ts';
import { shown, table } from '../table.ts';
import { waitFor } from '../wait-for.ts';
import { wholeNumber } from '../whole-number.ts';

export function addMonitoringCommands(program: Command, session: Session): void {
  const { client, answer } = session;
  program
    .command('windows')
    .description('drift and quality, window by window')
    .argument('<model>')
    .option('--from <time>', 'windows that begin at or after')
    .option('--to <time>', 'windows that begin before')
    .addOption(new Option('--kind <kind>').choices(['drift', 'quality']))
    .action(async (model: string, flags: WindowQuery) => {
      const items = await allOf((query) => client().windows(model, { ...flags, ...query }));
      answer({ items }, table(['window', 'version', 'kind', 'rows', 'verdict', 'what'], items.map(rowOf)));
    });
  program
    .command('monitor')
    .description('score the closed windows now')
    .argument('<model>')
    .option('--wait', 'until it has ended')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 3600)
    .action(async (model: string, flags: { wait?: boolean; timeout: number }) => {
      const api = client();
      const { id } = await api.startMonitoring(model);
      if (flags.wait !== true) return answer({ id }, `monitoring ${id} has started`);
      const shownProgress = progress(session.io);
      const ended = await waitFor(
        () => api.monitoring(model, id),
        (m) => m.status !== 'running',
        {
          timeoutSeconds: flags.timeout,
          what: `monitoring ${id}`,
          onEach: (m) => shownProgress.update(`monitoring ${id}: ${m.status}`),
        },
      );
      shownProgress.end();
      return answer(ended, `monitoring ${id} has ${ended.status}`, ended.status === 'succeeded');
    });
}

function rowOf(window: Window): readonly unknown[] {
  const begin = [window.start.slice(0, 10), window.version, window.kind, window.rows];
  if (window.kind === 'drift') return [...begin, window.verdict, window.explanation];
  return [...begin, `${Math.round(window.labelCoverage * 100)} % labelled`, qualityOf(window)];
}

/** Each metric with its interval, and what was estimated before any label beside it. */
function qualityOf({ metrics, intervals, estimate }: QualityWindow): string {
  const shownMetrics = METRIC_NAMES.flatMap((name) => {
    const [value, expected] = [metrics[name], estimate?.metrics[name]];
    if (value === undefined && expected === undefined) return [];
    const interval = intervals?.[name];
    const range = interval ? ` (${shown(interval.lower)} to ${shown(interval.upper)})` : '';
    const beside = expected ? `, estimated ${shown(expected.estimate)}` : '';
    return [`${name} ${shown(value) ?? '–'}${range}${beside}`];
  });
  return shownMetrics.join('; ');
}
