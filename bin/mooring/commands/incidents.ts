import { type Command, Option } from 'commander';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { Signal } from '../../../lib/domain/registry/signal.ts';
import type { IncidentQuery, TimeQuery } from '../answers.ts';
import { allOf } from '../client.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

export function addIncidentCommands(program: Command, { client, answer }: Session): void {
  program
    .command('incidents')
    .description('list data faults: what, in which columns, since when, and whether they are over')
    .argument('<model>')
    .addOption(new Option('--status <status>').choices(['open', 'closed']))
    .option('--from <time>', 'opened at or after')
    .option('--to <time>', 'opened before')
    .action(async (model: string, flags: IncidentQuery) => {
      const items = await allOf((query) => client().incidents(model, { ...flags, ...query }));
      const rows = items.map((i) => [
        i.id,
        i.status,
        i.cause ?? i.kind,
        i.firstBad?.start.slice(0, 13) ?? i.openedAt.slice(0, 13),
        i.windows?.length,
        i.summary,
      ]);
      answer({ items }, table(['incident', 'status', 'cause', 'since', 'windows', 'summary'], rows));
    });
  program
    .command('close-incident')
    .description(
      'say that a data fault is over, and why; the windows it spoiled are not learned from, unless they are kept, now or later',
    )
    .argument('<model>')
    .argument('<incident>')
    .requiredOption('--reason <text>', 'stays in the ledger')
    .option('--keep-windows', 'its windows are good after all, and may be learned from')
    .action(async (model: string, id: string, flags: { reason: string; keepWindows?: boolean }) => {
      const closed = await client().closeIncident(model, id, flags.reason, flags.keepWindows);
      answer(closed, closedSentence(closed));
    });
  program
    .command('signals')
    .description('what asked for a retraining, and what the guard answered')
    .argument('<model>')
    .option('--from <time>', 'answered at or after')
    .option('--to <time>', 'answered before')
    .action(async (model: string, flags: TimeQuery) => {
      const items = await allOf((query) => client().signals(model, { ...flags, ...query }));
      const rows = items.map((s) => [s.id, s.answeredAt.slice(0, 16), s.answer.decision, whyOf(s)]);
      answer({ items }, table(['signal', 'answered', 'decision', 'because'], rows));
    });
}

function closedSentence({ id, reason, keepWindows, kept }: Incident): string {
  const closed = `incident ${id} is closed: ${reason}`;
  if (kept) return `${closed}; its windows are kept: ${kept.reason}`;
  return keepWindows ? `${closed}; its windows are kept` : closed;
}

function whyOf({ answer }: Signal): string {
  return answer.decision === 'start' ? `run ${answer.runId}` : `${answer.because}: ${answer.detail}`;
}
