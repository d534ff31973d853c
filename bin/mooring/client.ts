import type { SchemaProposal } from '../../lib/domain/constraints/schema-proposal.ts';
import type { SeriesPoint } from '../../lib/domain/monitoring/series.ts';
import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { Signal } from '../../lib/domain/registry/signal.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type * as A from './answers.ts';
import { type Call, type ClientOptions, transport } from './transport.ts';
import { announce, type FileToSend, sendFiles, type Target } from './upload-files.ts';

/** The API, call by call. Every method throws ApiError for an answer that is no success. */
export type Client = ReturnType<typeof createClient>;

/**
 * @example const client = createClient({ url, token }); await client.startRun('flight-delay');
 */
export function createClient(options: ClientOptions) {
  const call = transport(options);
  return {
    ...models(call),
    ...data(call, options.fetch ?? fetch),
    ...training(call),
    ...serving(call),
    ...monitoring(call),
    ...governance(call),
  };
}

function models(call: Call) {
  return {
    applySpec: (model: string, spec: unknown) => call<A.SpecApplied>('PUT', of(model), { body: spec }),
    proposeSchema: (model: string, upload: string) =>
      call<SchemaProposal & { readonly object: string }>('POST', of(model, 'spec', 'proposal'), {
        body: { upload },
      }),
    models: (query?: A.PageQuery) => call<A.Page<Omit<A.ModelView, 'spec'>>>('GET', '/models', page(query)),
    model: (model: string) => call<A.ModelView>('GET', of(model)),
    deleteModel: (model: string, confirm?: string) =>
      call<A.Deletion>('DELETE', of(model), { query: { confirm } }),
    setKillSwitch: (model: string, on: boolean, reason: string) =>
      call<{ model: string; killSwitch: boolean }>('POST', of(model, 'kill-switch'), {
        body: { on, reason },
      }),
  };
}

function data(call: Call, send: typeof fetch) {
  return {
    /** Announces, sends and completes; intake has begun when it returns. */
    uploadDataset: async (
      model: string,
      files: readonly FileToSend[],
      onFile: (name: string) => void = () => {},
    ) => {
      const body = { files: announce(files) };
      const opened = await call<{ uploadId: string; files: Target[] }>('POST', of(model, 'datasets'), {
        body,
      });
      await sendFiles(files, opened.files, send, onFile);
      const path = of(model, 'datasets', opened.uploadId, 'complete');
      return call<{ uploadId: string; datasetId: string }>('POST', path);
    },
    /** The answer's `code` goes into the spec as `training.code`. */
    uploadCode: async (
      model: string,
      files: readonly FileToSend[],
      onFile: (name: string) => void = () => {},
    ) => {
      const body = { files: announce(files) };
      const opened = await call<{ code: string; files: Target[] }>('POST', of(model, 'code'), { body });
      await sendFiles(files, opened.files, send, onFile);
      return { code: opened.code };
    },
    upload: (model: string, id: string) => call<A.UploadView>('GET', of(model, 'uploads', id)),
    datasets: (model: string, query?: A.PageQuery) =>
      call<A.Page<DatasetVersion>>('GET', of(model, 'datasets'), page(query)),
    dataset: (model: string, id: string) =>
      call<DatasetVersion & { profile?: Record<string, unknown> }>('GET', of(model, 'datasets', id)),
  };
}

function training(call: Call) {
  return {
    startRun: (model: string, body: { to?: string; asOf?: string } = {}, idempotencyKey?: string) =>
      call<Run>('POST', of(model, 'runs'), { body, ...(idempotencyKey && { idempotencyKey }) }),
    runs: (model: string, query?: A.PageQuery) => call<A.Page<Run>>('GET', of(model, 'runs'), page(query)),
    run: (model: string, id: string) => call<Run>('GET', of(model, 'runs', id)),
    restartRun: (model: string, id: string) => call<Run>('POST', of(model, 'runs', id, 'restart')),
    versions: (model: string, query?: A.PageQuery) =>
      call<A.Page<ModelVersion>>('GET', of(model, 'versions'), page(query)),
    version: (model: string, n: number) => call<ModelVersion>('GET', of(model, 'versions', n)),
    release: (model: string, n: number, reason: string) =>
      call<Release>('POST', of(model, 'versions', n, 'release'), { body: { reason } }),
    retire: (model: string, n: number, reason: string) =>
      call<{ model: string; version: number; attempt: number }>('POST', of(model, 'versions', n, 'retire'), {
        body: { reason },
      }),
    releases: (model: string, query?: A.PageQuery) =>
      call<A.Page<Release>>('GET', of(model, 'releases'), page(query)),
    releaseOf: (model: string, id: string) => call<Release>('GET', of(model, 'releases', id)),
    /** What waits for a person, of all models. */
    approvals: (query?: A.PageQuery) => call<A.Page<Approval>>('GET', '/approvals', page(query)),
    approvalsOf: (model: string, query?: A.PageQuery) =>
      call<A.Page<Approval>>('GET', of(model, 'approvals'), page(query)),
    approval: (id: string) => call<Approval>('GET', `/approvals/${segment(id)}`),
    decide: (id: string, body: { decision: 'approve' | 'reject'; reason: string }) =>
      call<A.Decided>('POST', `/approvals/${segment(id)}`, { body }),
    rollback: (model: string, body: { to?: number; reason: string }) =>
      call<Release>('POST', of(model, 'rollback'), { body }),
  };
}

function serving(call: Call) {
  return {
    predict: (model: string, rows: readonly Readonly<Record<string, unknown>>[]) =>
      call<A.Predictions>('POST', of(model, 'predict'), { body: { rows } }),
    sendLabels: (model: string, labels: readonly A.Label[]) =>
      call<A.LabelsAccepted>('POST', of(model, 'labels'), { body: { labels } }),
  };
}

function monitoring(call: Call) {
  return {
    windows: (model: string, query: A.WindowQuery = {}) =>
      call<A.Page<A.Window>>('GET', of(model, 'windows'), { query: { ...query } }),
    startMonitoring: (model: string) => call<{ id: string }>('POST', of(model, 'monitoring')),
    monitoring: (model: string, id: string) => call<A.Monitoring>('GET', of(model, 'monitoring', id)),
    series: (model: string, query: A.SeriesQuery) =>
      call<{ points: readonly SeriesPoint[] }>('GET', of(model, 'windows', 'series'), {
        query: { ...query },
      }),
    incidents: (model: string, query: A.IncidentQuery = {}) =>
      call<A.Page<Incident>>('GET', of(model, 'incidents'), { query: { ...query } }),
    closeIncident: (model: string, id: string, reason: string, keepWindows?: boolean) =>
      call<Incident>('POST', of(model, 'incidents', id, 'close'), {
        body: { reason, ...(keepWindows !== undefined && { keepWindows }) },
      }),
    signals: (model: string, query: A.TimeQuery = {}) =>
      call<A.Page<Signal>>('GET', of(model, 'signals'), { query: { ...query } }),
  };
}

function governance(call: Call) {
  return {
    ledger: (model: string, query: A.LedgerQuery = {}) =>
      call<A.Page<A.Entry>>('GET', of(model, 'ledger'), { query: { ...query } }),
    verifyLedger: (model: string) => call<A.Verification>('GET', of(model, 'ledger', 'verification')),
    live: (model: string, at?: string) => call<A.Live>('GET', of(model, 'live'), { query: { at } }),
    lineage: (kind: string, id: string, query: { direction?: 'in' | 'out'; depth?: number } = {}) =>
      call<A.LineageGraph>('GET', `/lineage/${segment(kind)}/${id.split('/').map(segment).join('/')}`, {
        query,
      }),
    tokens: (query?: A.PageQuery) => call<A.Page<A.TokenView>>('GET', '/tokens', page(query)),
    issueToken: (body: A.TokenWanted) => call<A.TokenView & { token: string }>('POST', '/tokens', { body }),
    revokeToken: (id: string) => call<{ tokenId: string; revoked: true }>('DELETE', `/tokens/${segment(id)}`),
  };
}

const segment = (part: string | number) => encodeURIComponent(part);
const of = (model: string, ...rest: readonly (string | number)[]) =>
  ['/models', model, ...rest].map((part, i) => (i === 0 ? part : segment(part))).join('/');
const page = (query: A.PageQuery = {}) => ({ query: { ...query } });

/** Every item of a list, page by page. */
export async function allOf<T>(list: (query: A.PageQuery) => Promise<A.Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const next: A.Page<T> = await list({ limit: 1000, ...(cursor !== undefined && { cursor }) });
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== undefined);
  return items;
}
