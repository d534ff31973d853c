import type { Command } from 'commander';
import type { Run } from '../../../lib/domain/registry/run.ts';
import { allOf } from '../client.ts';
import { progress } from '../progress.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { versionLines } from '../version-lines.ts';
import { waitFor } from '../wait-for.ts';
import { wholeNumber } from '../whole-number.ts';

interface RunFlags {
  readonly to?: string;
  readonly asOf?: string;
  readonly wait?: boolean;
  readonly timeout: number;
}

export function addTrainingCommands(program: Command, session: Session): void {
  const { client, answer } = session;
  program
    .command('run')
    .description('start a training run')
    .argument('<model>')
    .option('--to <time>', 'end of the data it may read; by default the newest labelled row')
    .option('--as-of <time>', 'read the data as it was known then; by default now')
    .option('--wait', 'until it is judged')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 21600)
    .action(async (model: string, flags: RunFlags) => {
      const { to, asOf } = flags;
      const run = await client().startRun(model, { ...(to && { to }), ...(asOf && { asOf }) });
      if (flags.wait === true) await watch(model, run.id, flags.timeout, session);
      else answer(run, `run ${run.id} has started`);
    });
  program
    .command('watch')
    .description('follow a run until it is closed or waits for approval')
    .argument('<model>')
    .argument('<run>')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 21600)
    .action((model: string, id: string, flags: RunFlags) => watch(model, id, flags.timeout, session));
  program
    .command('restart')
    .description('start a failed run again from its recorded inputs')
    .argument('<model>')
    .argument('<run>')
    .action(async (model: string, id: string) => {
      const run = await client().restartRun(model, id);
      answer(run, `run ${run.id} has started, attempt ${run.attempt}`);
    });
  program
    .command('versions')
    .description('list model versions: which have served, by what numbers, and which gate stopped the others')
    .argument('<model>')
    .action(async (model: string) => {
      const api = client();
      const items = await allOf((query) => api.versions(model, query));
      const releases = await allOf((query) => api.releases(model, query));
      answer({ items }, versionLines(items, releases));
    });
  addDecisions(program, session);
}

function addDecisions(program: Command, { client, answer }: Session): void {
  program
    .command('approvals')
    .description('list what waits for a person')
    .action(async () => {
      const items = await allOf((query) => client().approvals(query));
      answer(
        { items },
        table(
          ['approval', 'run', 'since'],
          items.map((a) => [a.id, a.runId, a.requestedAt]),
        ),
      );
    });
  program
    .command('approve')
    .description('approve a candidate version, which releases it; or reject it')
    .argument('<id>', 'for example flight-delay-v3')
    .option('--reject', 'reject it')
    .requiredOption('--reason <text>')
    .action(async (id: string, { reject, reason }: { reject?: boolean; reason: string }) => {
      const decided = await client().decide(id, { decision: reject === true ? 'reject' : 'approve', reason });
      const { release } = decided;
      answer(decided, release ? `${id} is approved; release ${release.id} has started` : `${id} is rejected`);
    });
  program
    .command('release')
    .description('release an approved version again')
    .argument('<model>')
    .argument('<version>', 'its number', wholeNumber)
    .requiredOption('--reason <text>')
    .action(async (model: string, version: number, { reason }: { reason: string }) => {
      const release = await client().release(model, version, reason);
      answer(release, `release ${release.id} has started`);
    });
  program
    .command('rollback')
    .description('give the traffic back to the previous champion')
    .argument('<model>')
    .requiredOption('--reason <text>')
    .action(async (model: string, { reason }: { reason: string }) => {
      const release = await client().rollback(model, { reason });
      answer(
        release,
        `version ${release.version} of ${model} is in service again, version ${release.from} is not`,
      );
    });
}

async function watch(model: string, id: string, timeout: number, session: Session): Promise<void> {
  const api = session.client();
  const shownProgress = progress(session.io);
  const run = await waitFor(() => api.run(model, id), isJudged, {
    timeoutSeconds: timeout,
    what: `run ${id}`,
    onEach: (r) => shownProgress.update(`run ${id}: ${r.status}`),
  });
  shownProgress.end();
  const version = run.version === undefined ? undefined : await api.version(model, run.version);
  const gates = version?.gates.map((g) => `  ${g.verdict}: ${g.reason}`) ?? [];
  const good = run.outcome === undefined || run.outcome === 'promoted';
  session.answer(run, [sentenceOf(run), ...gates], good);
}

function isJudged({ status }: Run): boolean {
  return status === 'closed' || status === 'awaiting-approval';
}

function sentenceOf({ id, model, status, version, outcome, error }: Run): string {
  if (status === 'awaiting-approval') return `run ${id} waits for approval ${model}-v${version}`;
  const why = error === undefined ? '' : `: ${error.name}: ${error.cause}`;
  return `run ${id} is ${outcome ?? status}${version === undefined ? '' : ` with version ${version}`}${why}`;
}
