import { Command, CommanderError } from 'commander';
import { ApiError } from './api-error.ts';
import { createClient } from './client.ts';
import { addBootstrap } from './commands/bootstrap.ts';
import { addDataCommands } from './commands/data.ts';
import { addGovernanceCommands } from './commands/governance.ts';
import { addIncidentCommands } from './commands/incidents.ts';
import { addModelCommands } from './commands/models.ts';
import { addMonitoringCommands } from './commands/monitoring.ts';
import { addProfileCommand } from './commands/profile.ts';
import { addProposeCommand } from './commands/propose.ts';
import { addScoreCommand } from './commands/score.ts';
import { addServingCommands } from './commands/serving.ts';
import { addStatisticsCommand } from './commands/statistics.ts';
import { addTokenCommands } from './commands/tokens.ts';
import { addTrainingCommands } from './commands/training.ts';
import { EXIT, EXIT_HELP, UsageError } from './exit-codes.ts';
import { fileProblem } from './file-problem.ts';
import type { Io } from './io.ts';
import { answerTo, type Session } from './session.ts';
import { visibleLines } from './visible.ts';
import { WaitError } from './wait-for.ts';

/** Runs one command line and answers its exit code. */
export async function mooring(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const program = programOf(io, (verdict) => {
    code = typeof verdict === 'number' ? verdict : verdict ? EXIT.done : EXIT.no;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, io);
  }
}

function programOf(io: Io, verdict: (good: boolean | number) => void): Command {
  const program = new Command('mooring')
    .description(
      'Keeps models from drifting: the command line of the Mooring API, and of profile, propose, score and statistics without it.',
    )
    .option('--url <url>', 'the API; by default MOORING_URL')
    .option('--token <token>', 'your token; by default MOORING_TOKEN, which keeps it out of the process list')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: io.err });
  const asJson = () => program.opts<{ json?: boolean }>().json === true;
  const session: Session = {
    io,
    client: () => {
      const url = program.opts<{ url?: string }>().url ?? io.environment.MOORING_URL;
      const token = program.opts<{ token?: string }>().token ?? io.environment.MOORING_TOKEN;
      if (url === undefined) throw new UsageError('the API needs --url or MOORING_URL');
      if (!URL.canParse(url))
        throw new UsageError(`--url or MOORING_URL must be like https://api.example.com, got ${url}`);
      if (token === undefined) throw new UsageError('the API needs --token or MOORING_TOKEN');
      return createClient({ url, token, ...(io.fetch && { fetch: io.fetch }) });
    },
    part: (line) => asJson() || io.out(line),
    answer: answerTo(io, asJson, verdict),
  };
  for (const add of COMMANDS) add(program, session);
  return program;
}

const COMMANDS = [
  addBootstrap,
  addModelCommands,
  addDataCommands,
  addTrainingCommands,
  addServingCommands,
  addMonitoringCommands,
  addIncidentCommands,
  addGovernanceCommands,
  addTokenCommands,
  addProfileCommand,
  addProposeCommand,
  addScoreCommand,
  addStatisticsCommand,
];

function failed(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) return said(io, error.message, EXIT.usage);
  if (error instanceof WaitError) return said(io, error.message, EXIT.unreachable);
  if (error instanceof ApiError) {
    const details = error.details.map((d) => `\n  ${d.path}: ${d.message}`).join('');
    return said(io, error.message + details, error.status === 0 ? EXIT.unreachable : EXIT.refused);
  }
  const unreadable = fileProblem(error);
  if (unreadable !== undefined) return said(io, unreadable, EXIT.usage);
  return said(io, error instanceof Error ? error.message : String(error), EXIT.refused);
}

function said(io: Io, message: string, code: number): number {
  io.err(`mooring: ${visibleLines(message)}\n`);
  return code;
}
