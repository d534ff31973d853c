import { describe, expect, it } from 'vitest';
import type { Label } from '../../../../bin/mooring/answers.ts';
import { createClient } from '../../../../bin/mooring/client.ts';
import type { FlightRow } from '../../../../local/journey/flight-rows.ts';
import { labelAll, predictAll } from '../../../../local/journey/traffic.ts';

const flights = { model: 'flight-delay', label: 'late', id: 'flight_id', time: 'time_hour' };
const quiet = { step: () => {}, note: () => {}, status: () => {}, end: () => {} };

const rows: readonly FlightRow[] = Array.from({ length: 1210 }, (_, i) => ({
  flight_id: `f${String(i).padStart(4, '0')}`,
  time_hour: '2013-04-01T10:00:00Z',
  distance: 500,
  late: i % 3 === 0,
}));

interface Sent {
  readonly rows?: readonly FlightRow[];
  readonly labels?: readonly Label[];
}

/** The real client, in front of an API that answers what `answer` makes of a call's body. */
function anApp(answer: (body: Sent) => unknown) {
  const sent: Sent[] = [];
  const fetch = async (_url: unknown, request?: RequestInit) => {
    const body = JSON.parse(String(request?.body)) as Sent;
    sent.push(body);
    return Response.json(answer(body));
  };
  return { sent, app: createClient({ url: 'http://api.test', token: 't', fetch }) };
}

const predicted = ({ rows: asked = [] }: Sent, logged = true) => ({
  predictions: asked.map((row) => ({ predictionId: `p-${row.flight_id}` })),
  logged,
});

describe('predictAll', () => {
  it('sends the first rows one by one and the rest in batches of 500, each row once', async () => {
    const { app, sent } = anApp((body) => predicted(body));
    const served = await predictAll(app, flights, rows, { singleRows: 60, progress: quiet });
    expect(sent.slice(0, 60).every((body) => body.rows?.length === 1)).toBe(true);
    expect(sent.slice(60).map((body) => body.rows?.length)).toEqual([500, 500, 150]);
    expect(sent.flatMap((body) => body.rows?.map((row) => row.flight_id))).toEqual(
      rows.map((row) => row.flight_id),
    );
    expect(served).toEqual({ calls: 63, lastPrediction: 'p-f1209' });
  });

  it('never tells the model what it is to predict', async () => {
    const { app, sent } = anApp((body) => predicted(body));
    await predictAll(app, flights, rows, { singleRows: 0, progress: quiet });
    expect(sent.flatMap((body) => body.rows ?? []).some((row) => 'late' in row)).toBe(false);
  });

  it('fails when a prediction was not logged', async () => {
    const { app } = anApp((body) => predicted(body, false));
    await expect(predictAll(app, flights, rows, { singleRows: 1, progress: quiet })).rejects.toThrow(
      'predict must answer logged: true while the queue is up, got false',
    );
  });

  it('fails when a row got no prediction', async () => {
    const { app } = anApp(() => ({ predictions: [], logged: true }));
    await expect(predictAll(app, flights, rows, { singleRows: 1, progress: quiet })).rejects.toThrow(
      'predict must answer every row, got 0 of 1',
    );
  });
});

describe('labelAll', () => {
  const accept = ({ labels = [] }: Sent) => ({ accepted: labels.length, errors: [] });

  it('sends the label of every row, and every twentieth twice', async () => {
    const { app, sent } = anApp(accept);
    const count = await labelAll(app, flights, rows);
    const labels = sent.flatMap((body) => body.labels ?? []);
    const times = Map.groupBy(labels, (label) => label.id);
    expect(times.size).toBe(rows.length);
    expect([...times.values()].filter((same) => same.length === 2)).toHaveLength(61);
    expect(count).toBe(1271);
    expect(labels.find((label) => label.id === 'f0003')).toEqual({
      id: 'f0003',
      eventTime: '2013-04-01T10:00:00Z',
      label: true,
    });
  });

  it('sends them out of order, in the same order every time', async () => {
    const orders = [];
    for (let i = 0; i < 2; i++) {
      const { app, sent } = anApp(accept);
      await labelAll(app, flights, rows);
      orders.push(sent.flatMap((body) => body.labels?.map((label) => label.id)));
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual([...(orders[0] ?? [])].sort());
  });

  it('fails when one is not accepted', async () => {
    const { app } = anApp(({ labels = [] }) => ({
      accepted: labels.length - 1,
      errors: [{ index: 0, path: 'labels.0.id', message: 'must name a prediction' }],
    }));
    await expect(labelAll(app, flights, rows)).rejects.toThrow(
      'labels must all be accepted, got 1270 of 1271: must name a prediction',
    );
  });
});
