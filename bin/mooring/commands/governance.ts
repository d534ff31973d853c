import { Argument, type Command, Option } from 'commander';
import { NODE_KINDS } from '../../../lib/domain/ledger.ts';
import type { Entry } from '../answers.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { wholeNumber } from '../whole-number.ts';

interface LineageFlags {
  readonly direction: 'in' | 'out';
  readonly depth?: number;
}

export function addGovernanceCommands(program: Command, { client, answer }: Session): void {
  program
    .command('lineage')
    .description('what a thing came from, or went into')
    .addArgument(new Argument('<kind>').choices(NODE_KINDS))
    .argument('<id>', 'for example flight-delay/3')
    .addOption(new Option('--direction <direction>').choices(['in', 'out']).default('in'))
    .option('--depth <hops>', 'how far', wholeNumber)
    .action(async (kind: string, id: string, { direction, depth }: LineageFlags) => {
      const graph = await client().lineage(kind, id, {
        direction,
        ...(depth !== undefined && { depth }),
      });
      const lines = graph.edges.map(
        ({ from, to, entry }) =>
          `${from.kind} ${from.id} → ${to.kind} ${to.id}${entry ? `  (${entry})` : ''}`,
      );
      answer(graph, lines.length === 0 ? `${kind} ${id} has no lineage in this direction` : lines);
    });
  program
    .command('live')
    .description('which version answered at a time')
    .argument('<model>')
    .option('--at <time>', 'by default now')
    .action(async (model: string, { at }: { at?: string }) => {
      const live = await client().live(model, at);
      const { version, since, reason } = live;
      if (version === undefined) return answer(live, 'no version was in service');
      const why = reason === undefined ? '' : `: ${reason}`;
      return answer(live, `version ${version}, since ${since}, by ${whoOf(live)}${why}`);
    });
  addLedger(program, { client, answer });
}

function addLedger(program: Command, { client, answer }: Pick<Session, 'client' | 'answer'>): void {
  const ledger = program.command('ledger').description('the decisions about a model');
  ledger
    .command('show')
    .argument('<model>')
    .option('--after <seq>', 'only what followed', wholeNumber, 0)
    .description('list decisions')
    .action(async (model: string, { after }: { after: number }) => {
      const items = await entriesAfter(after, (seq) => client().ledger(model, { after: seq, limit: 100 }));
      answer({ items }, table(['seq', 'at', 'action', 'subject', 'actor', 'why'], items.map(rowOf)));
    });
  ledger
    .command('verify')
    .argument('<model>')
    .description('recompute the chain')
    .action(async (model: string) => {
      const verification = await client().verifyLedger(model);
      const sentence = verification.verified
        ? `${verification.entries} entries, unbroken`
        : `broken at entry ${verification.brokenAt}: ${verification.reason}`;
      answer(verification, sentence, verification.verified);
    });
}

async function entriesAfter(
  after: number,
  read: (after: number) => Promise<{ readonly items: readonly Entry[] }>,
): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const { items } = await read(all.at(-1)?.seq ?? after);
    if (items.length === 0) return all;
    all.push(...items);
  }
}

function rowOf(entry: Entry): readonly unknown[] {
  const { seq, at, action, subject, facts } = entry;
  return [seq, at, action, subject, whoOf(entry), facts.reason ?? facts.detail ?? facts.cause];
}

function whoOf({ actor, actorName }: { readonly actor?: string; readonly actorName?: string }): string {
  return actorName === undefined ? `${actor}` : `${actorName}, ${actor}`;
}
