import type { Command } from 'commander';
import { bootstrap } from '../bootstrap.ts';
import type { Session } from '../session.ts';

interface BootstrapFlags {
  readonly name: string;
  readonly stage: string;
  readonly function?: string;
}

export function addBootstrap(program: Command, { answer }: Session): void {
  program
    .command('bootstrap')
    .description('get the first token, an admin’s, with your AWS credentials; it is printed this once')
    .requiredOption('--name <name>', 'your name: it stands in the ledger')
    .option('--stage <stage>', 'which deployment', 'dev')
    .option('--function <name>', 'the issue-token function; by default the stack’s')
    .action(async ({ name, stage, function: fn }: BootstrapFlags) => {
      const first = await bootstrap({ name, stage, ...(fn !== undefined && { functionName: fn }) });
      answer(first, first.token);
    });
}
