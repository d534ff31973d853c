import { describe, expect, it } from 'vitest';
import { datasetEntry, rejectionIncident } from '../../../lib/domain/intake/dataset-decision.ts';
import { AT, aDataset } from '../../support/a-model.ts';

const findings = Array.from({ length: 9 }, (_, i) => ({
  rule: 'r',
  severity: 'error' as const,
  message: `column c${i} is wrong`,
}));
const rejected = aDataset({ status: 'rejected', findings });

describe('datasetEntry', () => {
  it('says of an accepted dataset what is in it, and alarms nobody', () => {
    const entry = datasetEntry(aDataset(), undefined, AT);
    expect(entry).toMatchObject({
      action: 'dataset-accepted',
      subject: 'dataset/d1',
      facts: { rows: 10_000 },
    });
    expect(entry.alert).toBeUndefined();
  });

  it('gives the first reasons of a rejection, and a sentence that a person understands', () => {
    const entry = datasetEntry(rejected, undefined, AT);
    expect(entry.facts.reasons).toHaveLength(5);
    expect(entry.alert?.sentence).toBe(
      'Dataset d1 of churn (upload u1) was rejected: column c0 is wrong; the files stay where they are.',
    );
  });
});

describe('rejectionIncident', () => {
  it('opens for what the platform exported and for nothing else', () => {
    expect(rejectionIncident(rejected, AT)).toBeUndefined();
    expect(rejectionIncident(aDataset({ origin: 'labelled-predictions' }), AT)).toBeUndefined();
    const incident = rejectionIncident({ ...rejected, origin: 'labelled-predictions' }, AT);
    expect(incident).toMatchObject({ id: 'dataset-d1', status: 'open', subject: 'datasets/d1' });
    expect(datasetEntry(rejected, incident, AT).alert).toMatchObject({
      severity: 'critical',
      link: 'incidents/dataset-d1',
    });
  });
});
