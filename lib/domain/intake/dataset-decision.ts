import type { Finding } from '../findings.ts';
import type { Alert, NewEntry } from '../ledger.ts';
import type { DatasetVersion } from '../registry/dataset.ts';
import type { Incident } from '../registry/incident.ts';

/** Sentences of findings that an entry repeats; the dataset holds all of them. */
const REASONS_IN_ENTRY = 5;

/**
 * The ledger entry that accepts or rejects a dataset.
 *
 * @param incident the one that its rejection opens, if any
 * @example datasetEntry(dataset, undefined, at).action // 'dataset-accepted'
 */
export function datasetEntry(dataset: DatasetVersion, incident: Incident | undefined, at: string): NewEntry {
  const { model, id } = dataset;
  const reasons = errorsOf(dataset.findings).slice(0, REASONS_IN_ENTRY);
  const accepted = dataset.status === 'accepted';
  const alert = accepted ? undefined : rejectionAlert(dataset, incident);
  return {
    at,
    actor: 'platform/judge-dataset',
    action: accepted ? 'dataset-accepted' : 'dataset-rejected',
    subject: `dataset/${id}`,
    inputs: [{ kind: 'spec', id: `${model}/${dataset.specHash}` }],
    outputs: [{ kind: 'dataset', id: `${model}/${id}` }],
    facts: {
      uploadId: dataset.uploadId,
      origin: dataset.origin,
      rows: dataset.rows,
      bytes: dataset.bytes,
      objects: dataset.objects,
      from: dataset.from,
      to: dataset.to,
      findings: dataset.findings.length,
      ...(reasons.length > 0 && { reasons }),
      ...(incident && { incident: incident.id }),
    },
    ...(alert && { alert }),
  };
}

/**
 * The incident that a rejected dataset opens: only for what the platform exported itself. A person's bad upload must not block
 * retraining, but predictions that came back broken mean that the data in service is at fault.
 */
export function rejectionIncident(dataset: DatasetVersion, openedAt: string): Incident | undefined {
  if (dataset.status === 'accepted' || dataset.origin !== 'labelled-predictions') return undefined;
  return {
    model: dataset.model,
    id: `dataset-${dataset.id.slice(0, 16)}`,
    kind: 'dataset-rejected',
    status: 'open',
    summary: `labelled predictions of ${dataset.uploadId} were rejected: ${firstReason(dataset)}`,
    subject: `datasets/${dataset.id}`,
    openedAt,
  };
}

function rejectionAlert(dataset: DatasetVersion, incident: Incident | undefined): Alert {
  const outcome = incident
    ? `incident ${incident.id} is open and blocks retraining`
    : 'the files stay where they are';
  return {
    severity: incident ? 'critical' : 'warning',
    sentence: `Dataset ${dataset.id.slice(0, 12)} of ${dataset.model} (upload ${dataset.uploadId}) was rejected: ${firstReason(dataset)}; ${outcome}.`,
    link: incident ? `incidents/${incident.id}` : `datasets/${dataset.id}`,
  };
}

function firstReason(dataset: DatasetVersion): string {
  return errorsOf(dataset.findings)[0] ?? 'no reason was recorded';
}

function errorsOf(findings: readonly Finding[]): readonly string[] {
  return findings.filter((f) => f.severity === 'error').map((f) => f.message);
}
