import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll } from 'vitest';
import { bootstrap } from '../../../bin/mooring/bootstrap.ts';
import { type Client, createClient } from '../../../bin/mooring/client.ts';
import { readSpecFile, type SpecFile } from '../../../bin/mooring/spec-file.ts';
import { type Cloud, startCloud } from '../../../local/cloud.ts';

export interface ApiCloud {
  readonly cloud: Cloud;
  readonly url: string;
  readonly token: string;
  readonly admin: Client;
  readonly example: SpecFile;
  /** A client with a token of its own. */
  readonly join: (
    name: string,
    roles: Parameters<Client['issueToken']>[0]['roles'],
    models?: readonly string[],
  ) => Promise<Client & { readonly tokenId: string }>;
}

/** The platform on a local cloud that enforces IAM, with an admin's token from `mooring bootstrap`. */
export function useApiCloud(): () => ApiCloud {
  let api: ApiCloud | undefined;
  beforeAll(async () => {
    const cloud = await startCloud({ iam: true });
    Object.assign(process.env, cloud.engine.env);
    const authority = readFileSync(cloud.engine.caFile as string, 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), authority]);
    const { token } = await bootstrap({ name: 'root', stage: 'local' });
    const url = cloud.apiUrl;
    const admin = createClient({ url, token });
    const example = await readSpecFile(join(import.meta.dirname, '../../../examples/flights/model.yaml'));
    await admin.applySpec(example.name, example.spec);
    const join_: ApiCloud['join'] = async (name, roles, models) => {
      const issued = await admin.issueToken({ name, roles, ...(models && { models }) });
      return { ...createClient({ url, token: issued.token }), tokenId: issued.tokenId };
    };
    api = { cloud, url, token, admin, example, join: join_ };
  });
  afterAll(() => api?.cloud.stop());
  return () => {
    if (api === undefined) throw new Error('the cloud is only there inside a test, got asked before');
    return api;
  };
}
