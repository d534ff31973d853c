import { readFileSync } from 'node:fs';

export type Env = Readonly<Record<string, string | undefined>>;

/** How the twin's own SDK clients reach the local AWS. */
export const clientConfig = (awsUrl: string, env: Env) => ({
  endpoint: awsUrl,
  region: env.AWS_REGION ?? 'us-east-1',
  credentials: {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? 'test',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? 'test',
  },
  // NODE_EXTRA_CA_CERTS is read at the start of a process only, and this process may be older than the engine.
  ...(env.NODE_EXTRA_CA_CERTS && {
    requestHandler: { httpsAgent: { ca: readFileSync(env.NODE_EXTRA_CA_CERTS) } },
  }),
});
