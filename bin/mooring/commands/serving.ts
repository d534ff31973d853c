import type { Command } from 'commander';
import { MAX_ROWS_PER_CALL } from '../../../lib/names.ts';
import type { Label, LabelsAccepted, Prediction } from '../answers.ts';
import { inBatches } from '../batches.ts';
import { recordsOf } from '../records.ts';
import type { Session } from '../session.ts';

/** Labels with long ids and times stay below the body's limit. */
const LABELS_PER_CALL = 2000;

export function addServingCommands(program: Command, { io, client, part, answer }: Session): void {
  program
    .command('predict')
    .description('predict rows: a JSON list, or JSON Lines')
    .argument('<model>')
    .argument('<file>', 'or - for stdin')
    .action(async (model: string, file: string) => {
      const rows = await recordsOf<Record<string, unknown>>(file, 'rows', io);
      const api = client();
      const predictions: (Prediction & { readonly version: number })[] = [];
      let logged = true;
      try {
        for await (const { answer: served } of inBatches(rows, 'rows', MAX_ROWS_PER_CALL, (batch) =>
          api.predict(model, batch),
        )) {
          predictions.push(...served.predictions.map((p) => ({ ...p, version: served.version })));
          logged &&= served.logged;
          for (const p of served.predictions) part(`${p.id ?? p.predictionId}\t${p.label}\t${p.score}`);
        }
      } finally {
        answer({ model, predictions, logged }, [], logged);
      }
    });
  program
    .command('labels')
    .description(
      'send labels: a JSON list, or JSON Lines, of {id, eventTime, label} or {predictionId, label}; also source, labeller, influenced, and revision for a correction',
    )
    .argument('<model>')
    .argument('<file>', 'or - for stdin')
    .action(async (model: string, file: string) => {
      const labels = await recordsOf<Label>(file, 'labels', io);
      const api = client();
      let accepted = 0;
      const errors: LabelsAccepted['errors'][number][] = [];
      try {
        for await (const { answer: answered, before } of inBatches(
          labels,
          'labels',
          LABELS_PER_CALL,
          (batch) => api.sendLabels(model, batch),
        )) {
          accepted += answered.accepted;
          errors.push(...answered.errors.map((e) => ({ ...e, index: e.index + before })));
        }
      } finally {
        const lines = errors.map((e) => `  label ${e.index}: ${e.path && `${e.path}: `}${e.message}`);
        answer({ accepted, errors }, [`${accepted} labels accepted`, ...lines], errors.length === 0);
      }
    });
}
