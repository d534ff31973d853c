import type { Command } from 'commander';
import { MAX_ROWS_PER_CALL } from '../../../lib/names.ts';
import type { Label, LabelsAccepted, Prediction } from '../answers.ts';
import { batches, recordsOf } from '../records.ts';
import type { Session } from '../session.ts';

/** Labels with long ids and times stay below the body's limit. */
const LABELS_PER_CALL = 2000;

export function addServingCommands(program: Command, { io, client, answer }: Session): void {
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
      for (const batch of batches(rows, MAX_ROWS_PER_CALL)) {
        const served = await api.predict(model, batch);
        predictions.push(...served.predictions.map((p) => ({ ...p, version: served.version })));
        logged &&= served.logged;
      }
      const lines = predictions.map((p) => `${p.id ?? p.predictionId}\t${p.label}\t${p.score}`);
      answer({ model, predictions, logged }, lines, logged);
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
      for (const [i, batch] of batches(labels, LABELS_PER_CALL).entries()) {
        const answered = await api.sendLabels(model, batch);
        accepted += answered.accepted;
        errors.push(...answered.errors.map((e) => ({ ...e, index: e.index + i * LABELS_PER_CALL })));
      }
      const lines = errors.map((e) => `  label ${e.index}: ${e.path}: ${e.message}`);
      answer({ accepted, errors }, [`${accepted} labels accepted`, ...lines], errors.length === 0);
    });
}
