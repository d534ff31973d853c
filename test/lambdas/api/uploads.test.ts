import { describe, expect, it } from 'vitest';
import { datasetId } from '../../../lib/domain/data/dataset-id.ts';
import { keys } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, builder, sha256, viewer, withModel } from './world.ts';

const files = ['a.csv', 'b.csv'].map((name) => ({ name, sha256: sha256(name), bytes: name.length }));

async function opened() {
  const world = await withModel(aWorld());
  const { body } = await world.call(builder, 'POST', '/models/churn/datasets', { files }, 'key-1');
  const put = (name: string, text = name) =>
    world.deps.landing.put(keys.upload('churn', body.uploadId, name), text);
  const complete = () => world.call(builder, 'POST', `/models/churn/datasets/${body.uploadId}/complete`);
  const state = async () => (await world.call(viewer, 'GET', `/models/churn/uploads/${body.uploadId}`)).body;
  return { world, uploadId: body.uploadId as string, targets: body.files, put, complete, state };
}

describe('an upload', () => {
  it('gets a place for each file', async () => {
    const { targets } = await opened();
    expect(targets.map((t: { name: string }) => t.name)).toEqual(['a.csv', 'b.csv']);
    expect(targets.every((t: { url: string }) => t.url.length > 0)).toBe(true);
  });

  it('is not complete while a file is missing or has another length, and the answer names them', async () => {
    const { put, complete, world, uploadId } = await opened();
    await put('a.csv', 'too long');
    const { status, body } = await complete();
    expect([status, body.error.details]).toEqual([
      409,
      [
        { path: 'files.0', message: 'a.csv must have 5 bytes, got 8' },
        { path: 'files.1', message: 'b.csv is not there' },
      ],
    ]);
    expect(await world.deps.landing.head(keys.upload('churn', uploadId, '_manifest.json'))).toBeUndefined();
  });

  it('writes the manifest, which starts intake, once all files are there', async () => {
    const { put, complete, world, uploadId, state } = await opened();
    await put('a.csv');
    await put('b.csv');
    expect((await state()).status).toBe('open');
    const { status, body } = await complete();
    const listed = files.map(({ name, ...rest }) => ({ key: name, ...rest }));
    expect([status, body]).toEqual([202, { uploadId, datasetId: datasetId(listed) }]);
    expect(await world.deps.landing.getJson(keys.upload('churn', uploadId, '_manifest.json'))).toEqual({
      files: listed,
      origin: 'upload',
    });
    expect((await complete()).status).toBe(202);
    expect((await state()).status).toBe('processing');
  });

  it('shows the dataset that it became, with its findings', async () => {
    const { world, state, uploadId } = await opened();
    const dataset = {
      id: 'd1',
      status: 'rejected',
      findings: [{ rule: 'r', severity: 'error', message: 'bad' }],
    };
    await world.registry.put('churn', sk.dataset('d1'), dataset);
    await world.registry.put('churn', sk.upload(uploadId), { uploadId, status: 'rejected', datasetId: 'd1' });
    expect(await state()).toMatchObject({ status: 'rejected', dataset: { findings: [{ message: 'bad' }] } });
  });

  it('is the same one for the same key, and a mistake with other files', async () => {
    const { world, uploadId } = await opened();
    const again = await world.call(builder, 'POST', '/models/churn/datasets', { files }, 'key-1');
    expect(again.body.uploadId).toBe(uploadId);
    const other = [{ ...files[0], bytes: 9 }];
    const { status } = await world.call(builder, 'POST', '/models/churn/datasets', { files: other }, 'key-1');
    expect(status).toBe(409);
  });

  it('takes no name that leads elsewhere, nor the manifest’s, nor one twice', async () => {
    const world = await withModel(aWorld());
    for (const name of ['../x.csv', 'a/b.csv', '_manifest.json']) {
      const { status } = await world.call(builder, 'POST', '/models/churn/datasets', {
        files: [{ ...files[0], name }],
      });
      expect([name, status]).toEqual([name, 422]);
    }
    const twice = await world.call(builder, 'POST', '/models/churn/datasets', {
      files: [files[0], files[0]],
    });
    expect(twice.body.error.details).toEqual([{ path: 'files.1.name', message: 'is listed twice' }]);
  });
});
