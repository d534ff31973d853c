import { Argument, type Command } from 'commander';
import { allOf } from '../client.ts';
import { schemaLines } from '../schema-lines.ts';
import type { Session } from '../session.ts';
import { readSpecFile, withCode } from '../spec-file.ts';
import { table } from '../table.ts';

export function addModelCommands(program: Command, { client, answer }: Session): void {
  program
    .command('apply')
    .description('create a model or change its spec; uploads the trainer folder that it names')
    .argument('<file>', 'model.yaml')
    .action(async (path: string) => {
      const file = await readSpecFile(path);
      const api = client();
      const code = file.code && (await api.uploadCode(file.name, file.code)).code;
      const applied = await api.applySpec(file.name, code === undefined ? file.spec : withCode(file, code));
      const how = applied.changed ? 'has a new spec' : 'has this spec already';
      answer(applied, [
        `${applied.model} ${how}: ${applied.specHash.slice(0, 12)}`,
        ...schemaLines(applied.schemaDiff),
      ]);
    });
  program
    .command('models')
    .description('list models')
    .action(async () => {
      const items = await allOf((query) => client().models(query));
      const rows = items.map((m) => [
        m.model,
        m.champion,
        m.killSwitch ? 'on' : 'off',
        m.openIncidents,
        m.ledger.seq,
      ]);
      answer({ items }, table(['model', 'champion', 'kill switch', 'open incidents', 'decisions'], rows));
    });
  program
    .command('delete')
    .description('show what deleting a model would remove; with --confirm do it')
    .argument('<model>')
    .option('--confirm <model>', 'the name again')
    .action(async (model: string, { confirm }: { confirm?: string }) => {
      const deletion = await client().deleteModel(model, confirm);
      const { removes, keeps } = deletion;
      answer(deletion, [
        `${deletion.dryRun ? 'would remove' : 'removed'}: ${[...removes.endpoints, ...removes.schedules].join(', ')}`,
        `keeps: ${keeps.versions} versions, ${keeps.datasets} datasets, ${keeps.ledgerEntries} ledger entries`,
      ]);
    });
  program
    .command('kill-switch')
    .description('stop, or allow again, that machines start retraining')
    .argument('<model>')
    .addArgument(new Argument('<state>').choices(['on', 'off']))
    .requiredOption('--reason <text>')
    .action(async (model: string, state: string, { reason }: { reason: string }) => {
      const set = await client().setKillSwitch(model, state === 'on', reason);
      answer(set, `the kill switch of ${model} is ${set.killSwitch ? 'on' : 'off'}`);
    });
}
