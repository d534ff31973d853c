import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { UploadView } from '../answers.ts';
import { allOf } from '../client.ts';
import { progress } from '../progress.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { waitFor } from '../wait-for.ts';
import { wholeNumber } from '../whole-number.ts';

interface WaitFlags {
  readonly wait?: boolean;
  readonly timeout: number;
}

export function addDataCommands(program: Command, session: Session): void {
  const { client, answer } = session;
  program
    .command('upload')
    .description('upload files as one dataset version')
    .argument('<model>')
    .argument('<files...>')
    .option('--wait', 'until it is accepted or rejected')
    .option('--timeout <seconds>', 'how long to wait', wholeNumber, 1800)
    .action((model: string, paths: string[], flags: WaitFlags) => upload(model, paths, flags, session));
  program
    .command('datasets')
    .description('list dataset versions')
    .argument('<model>')
    .action(async (model: string) => {
      const items = await allOf((query) => client().datasets(model, query));
      const rows = items.map((d) => [d.id.slice(0, 12), d.status, d.rows, d.from, d.to, d.findings.length]);
      answer({ items }, table(['dataset', 'status', 'rows', 'from', 'to', 'findings'], rows));
    });
}

async function upload(
  model: string,
  paths: readonly string[],
  flags: WaitFlags,
  session: Session,
): Promise<void> {
  const api = session.client();
  const shown = progress(session.io);
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), content: await readFile(path) })),
  );
  let sent = 0;
  const begun = await api.uploadDataset(model, files, () =>
    shown.update(`sent ${++sent} of ${files.length} files`),
  );
  if (flags.wait !== true) {
    shown.end();
    session.answer(begun, `upload ${begun.uploadId} is complete; its dataset will be ${begun.datasetId}`);
    return;
  }
  const ended = await waitFor(() => api.upload(model, begun.uploadId), isOver, {
    timeoutSeconds: flags.timeout,
    what: `upload ${begun.uploadId}`,
    onEach: ({ status }) => shown.update(`upload ${begun.uploadId}: ${status}`),
  });
  shown.end();
  session.answer(ended, linesOf(ended), ended.status === 'accepted');
}

function isOver({ status }: UploadView): boolean {
  return status !== 'open' && status !== 'processing';
}

function linesOf({ status, datasetId, dataset }: UploadView): readonly string[] {
  const findings = dataset?.findings ?? [];
  return [
    `dataset ${datasetId ?? ''} was ${status}${dataset ? `: ${dataset.rows} rows` : ''}`,
    ...findings.map((f) => `  ${f.severity}: ${f.message}`),
  ];
}
