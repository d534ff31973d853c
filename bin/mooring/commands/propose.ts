import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../exit-codes.ts';
import type { Session } from '../session.ts';

interface ProposeFlags {
  readonly model?: string;
  readonly upload?: string;
}

export function addProposeCommand(program: Command, session: Session): void {
  program
    .command('propose')
    .description('a schema with constraints for model.yaml, proposed from data, each line with its evidence')
    .argument(
      '[file]',
      'Parquet, CSV, JSON Lines, or a constraints.json of Model Monitor; read here, without any cloud',
    )
    .option('--model <model>', 'instead of a file: propose from an upload of this model')
    .option('--upload <id>', 'the upload to propose from')
    .action((file: string | undefined, flags: ProposeFlags) => propose(file, flags, session));
}

async function propose(
  file: string | undefined,
  { model, upload }: ProposeFlags,
  { client, answer }: Session,
): Promise<void> {
  const { proposalYaml } = await import('../offline/proposal-yaml.ts');
  if (file !== undefined) {
    const proposal = await fromFile(file);
    answer(proposal, proposalYaml(proposal, basename(file)).trimEnd());
    return;
  }
  if (model === undefined || upload === undefined)
    throw new UsageError('propose needs a file, or --model and --upload');
  const { object, ...proposal } = await client().proposeSchema(model, upload);
  answer({ object, ...proposal }, proposalYaml(proposal, object).trimEnd());
}

/** The engine is loaded for a file only. */
async function fromFile(file: string) {
  await (await import('../offline/local-files.ts')).bytesOf(file);
  if (/\.json$/i.test(file)) return (await import('../offline/model-monitor.ts')).proposalOf(file);
  const { inferSchemaAlone } = await import('../../../lib/engine/read/infer-schema.ts');
  return inferSchemaAlone({ file, name: basename(file) });
}
