import { beforeAll, describe, expect, it } from 'vitest';
import type { Label } from '../../bin/mooring/answers.ts';
import { allOf } from '../../bin/mooring/client.ts';
import type { QualityWindow } from '../../lib/domain/registry/window.ts';
import { settle, workQueues } from '../../local/journey/settle.ts';
import { jsonLines, trips } from '../support/a-world.ts';
import { eventually } from '../support/engine.ts';
import { useCloud } from './support/a-cloud.ts';
import {
  aModelWithData,
  bring,
  closedRun,
  promoteNext,
  questions,
  settledUpload,
  TRIPS,
  tinySpec,
} from './support/a-tiny-model.ts';
import { monitored } from './support/monitored.ts';
import { uploadTrainer } from './support/trainer-code.ts';

/** These follow each other: what one leaves in service, the next goes on with. */
const cloud = useCloud();
const MODEL = 'judged';
const plainSpec = tinySpec(MODEL, {
  labels: { influencedSources: ['dispatcher'] },
  retraining: { cooldownHours: 0, minNewLabels: 0, onDrift: false },
});
/** Cases that must stay right: what United flew on the first two days, rows that are among the training data too. */
const CASES = TRIPS.filter(({ at, carrier }) => at < '2013-01-03' && carrier === 'UA');
/** A day within the training range, of which three hundred more trips are asked about. */
const DATE = '2013-01-03';
const DAY = trips(DATE, 1, 300);
let spec = plainSpec;

beforeAll(async () => {
  const { admin } = cloud();
  await aModelWithData(admin, plainSpec);
  const { status, dataset } = await bring(admin, MODEL, { 'cases.jsonl': jsonLines(CASES) });
  expect(status).toBe('accepted');
  spec = { ...plainSpec, evaluation: { ...plainSpec.evaluation, golden: dataset?.id } };
  await admin.applySpec(MODEL, spec);
  expect(await promoteNext(admin, MODEL)).toBe(1);
});

const evaluated = async (runId: string) => {
  const entries = await allOf((page) => cloud().admin.ledger(MODEL, page));
  return entries.find(({ action, facts }) => action === 'run-evaluated' && facts.runId === runId)?.facts;
};

describe('a challenger that passes its gates on the holdout and turns round on the golden set', () => {
  it('is rejected, with a sentence that names the golden set, and the champion stays', async () => {
    const { admin, inbox } = cloud();
    const code = await uploadTrainer(admin, MODEL, UPSIDE_DOWN);
    await admin.applySpec(MODEL, { ...spec, training: { ...spec.training, code } });
    const run = await closedRun(admin, await admin.startRun(MODEL));
    expect([run.outcome, run.version]).toEqual(['rejected', 2]);
    const { golden, gates, status } = await admin.version(MODEL, 2);
    expect([status, golden?.dataset, golden?.rows]).toEqual([
      'rejected',
      spec.evaluation.golden,
      CASES.length,
    ]);
    expect(gates.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
    const reason = gates[1]?.reason ?? '';
    expect(reason).toMatch(
      /^auc on the golden set is 0\.\d+, wanted at least \S+ \(champion with margin 0\)$/,
    );
    const alert = await eventually(
      async () => (await inbox.read()).find(({ link }) => link === 'versions/2'),
      'an alert about version 2',
    );
    expect(alert.sentence).toBe(
      `Version 2 of ${MODEL} was rejected: ${reason}. The version in service stays.`,
    );
    expect((await admin.model(MODEL)).champion).toBe(1);
  });

  /** Learns that United is late when it is warm; the baseline learns the truth. */
  const UPSIDE_DOWN = `
import channel
import pyarrow.compute as pc

read = channel.read_channel

def read_upside_down(folder):
    table = read(folder)
    late = pc.if_else(pc.equal(table["carrier"], "UA"), pc.invert(table["late"]), table["late"])
    return table.set_column(table.column_names.index("late"), "late", late)

if algorithm == "gradient-boosting":
    channel.read_channel = read_upside_down
`;
});

describe('labels that contradict each other, that nobody asked for and that the model had a part in', () => {
  const PARTS = { contradicted: 30, plain: 50, influenced: 200 };
  const labelled = PARTS.contradicted + PARTS.plain + PARTS.influenced;

  it('are counted in their window, and its export leaves the contradicted rows out', async () => {
    const { admin } = cloud();
    const { predictions } = await admin.predict(MODEL, questions(DAY));
    await admin.predict(MODEL, questions(trips('2013-01-05', 1, 1)));
    const labels = [...knownLabels(predictions.map(({ predictionId }) => predictionId)), ...strangers()];
    expect(await admin.sendLabels(MODEL, labels)).toEqual({ accepted: labels.length, errors: [] });
    await settle(await workQueues('Mooring-local'));
    const window = await qualityWindow();
    expect(window).toMatchObject({ version: 1, rows: DAY.length, labelled });
    expect(window.labelCoverage).toBeCloseTo(labelled / DAY.length, 12);
    expect(window.labels).toMatchObject({
      contradicting: PARTS.contradicted,
      unmatched: strangers().length,
      repeated: 0,
      corrected: 0,
    });
    const rows = PARTS.plain + PARTS.influenced;
    expect(window.exports).toEqual([
      expect.objectContaining({ revision: 1, labelled, rows, influenced: PARTS.influenced }),
    ]);
    const { status, dataset } = await settledUpload(admin, MODEL, window.exports?.[0]?.uploadId ?? '');
    expect([status, dataset?.rows]).toEqual(['accepted', rows]);
  });

  it('teach the next version a quarter of its rows at most; its run says how many were left out', async () => {
    const { admin } = cloud();
    await admin.applySpec(MODEL, spec);
    const run = await closedRun(admin, await admin.startRun(MODEL));
    expect(run.error).toBeUndefined();
    const known = TRIPS.filter(({ at }) => at >= run.from && at < run.holdoutFrom);
    const plain = known.length - CASES.length + PARTS.plain;
    const kept = Math.floor(plain / 3);
    expect(kept).toBeLessThan(PARTS.influenced);
    expect((await evaluated(run.id))?.influenced).toEqual({
      training: { kept, leftOut: PARTS.influenced - kept },
      holdout: { kept: 0, leftOut: 0 },
    });
  });

  /** What a label says of its source is overruled by what it says of itself. */
  function knownLabels(predictionIds: readonly string[]): readonly Label[] {
    return DAY.slice(0, labelled).flatMap(({ trip, at, late }, i): Label[] => {
      const byId = { id: trip, eventTime: at, label: late };
      if (i < 30)
        return [byId, { predictionId: predictionIds[i] as string, label: !late, source: 'airline' }];
      if (i < 75) return [byId];
      if (i < 80) return [{ ...byId, influenced: true }];
      if (i < 85) return [{ ...byId, source: 'dispatcher', influenced: false }];
      return [{ ...byId, source: 'dispatcher' }];
    });
  }

  function strangers(): readonly Label[] {
    const eventTime = `${DATE}T12:00:00.000Z`;
    return [
      { id: 'nobody', eventTime, label: true },
      { id: 'nothing', eventTime, label: false, source: 'dispatcher' },
      { predictionId: '1-2013010312-00000000-0000-4000-8000-000000000000', label: true },
    ];
  }

  async function qualityWindow(): Promise<QualityWindow> {
    await monitored(cloud(), MODEL);
    const { items } = await cloud().admin.windows(MODEL, {
      kind: 'quality',
      from: `${DATE}T00:00:00.000Z`,
      to: `${DATE}T23:00:00.000Z`,
    });
    return items[0] as QualityWindow;
  }
});
