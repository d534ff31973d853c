import { describe, expect, it } from 'vitest';
import { datasetsKnownAt, type Knowledge } from '../../../lib/domain/training/known-datasets.ts';
import { aDataset } from '../../support/a-model.ts';

const day = (n: number) => `2026-11-0${n}T00:00:00.000Z`;
const exported = (revision: number, createdAt: string, more = {}) =>
  aDataset({
    id: `e${revision}`,
    origin: 'labelled-predictions',
    uploadId: `window-20261001T00-v1${revision === 1 ? '' : `-r${revision}`}`,
    createdAt,
    ...more,
  });
const known = (datasets: Parameters<typeof datasetsKnownAt>[0], knowledge: Partial<Knowledge> = {}) =>
  datasetsKnownAt(datasets, { asOf: day(9), ...knowledge }).map((d) => d.id);

describe('datasetsKnownAt', () => {
  it('leaves out what was accepted later, and what was never accepted', () => {
    const datasets = [
      aDataset({ id: 'a', createdAt: day(1) }),
      aDataset({ id: 'b', createdAt: day(3) }),
      aDataset({ id: 'c', createdAt: day(1), status: 'rejected' }),
    ];
    expect(known(datasets, { asOf: day(2) })).toEqual(['a']);
    expect(known(datasets, { asOf: day(3) })).toEqual(['a', 'b']);
  });

  it('reads a window in the newest export that was known', () => {
    const datasets = [exported(1, day(1)), exported(3, day(5)), exported(2, day(3))];
    expect(known(datasets, { asOf: day(2) })).toEqual(['e1']);
    expect(known(datasets, { asOf: day(4) })).toEqual(['e2']);
    expect(known(datasets)).toEqual(['e3']);
  });

  it('keeps an older export while a newer one is rejected', () => {
    expect(known([exported(1, day(1)), exported(2, day(3), { status: 'rejected' })])).toEqual(['e1']);
  });

  it('reads a window no more whose newest export has no rows, and again once it has', () => {
    const none = exported(2, day(3), { status: 'rejected', rows: 0 });
    expect(known([exported(1, day(1)), none], { asOf: day(2) })).toEqual(['e1']);
    expect(known([exported(1, day(1)), none])).toEqual([]);
    expect(known([exported(1, day(1)), none, exported(3, day(5))])).toEqual(['e3']);
  });

  it('keeps an older export while a newer one could not be read', () => {
    const unread = exported(2, day(3), { status: 'rejected', rows: 0, coverage: 0 });
    expect(known([exported(1, day(1)), unread])).toEqual(['e1']);
  });

  it('leaves a spoiled window out in every revision and version by version', () => {
    const other = exported(1, day(1), { id: 'v2', uploadId: 'window-20261001T00-v2' });
    const spoiled = [{ version: 1, start: '2026-10-01T00:00:00.000Z' }];
    expect(known([exported(1, day(1)), exported(2, day(3)), other], { spoiled })).toEqual(['v2']);
  });

  it('never reads the golden set', () => {
    const datasets = [aDataset({ id: 'a', createdAt: day(1) }), aDataset({ id: 'g', createdAt: day(1) })];
    expect(known(datasets, { golden: 'g' })).toEqual(['a']);
  });

  it('takes no upload of a person for an export, whatever its name', () => {
    const uploads = ['', '-r2'].map((r) =>
      aDataset({ id: `u${r}`, uploadId: `window-20261001T00-v1${r}`, createdAt: day(1) }),
    );
    expect(known(uploads)).toEqual(['u', 'u-r2']);
  });
});
