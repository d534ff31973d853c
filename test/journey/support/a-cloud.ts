import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { bootstrap } from '../../../bin/mooring/bootstrap.ts';
import { type Client, createClient } from '../../../bin/mooring/client.ts';
import { type Cloud, output, STATE_DIR, startCloud } from '../../../local/cloud.ts';
import { type AlertInbox, openInbox } from '../../../local/journey/alerts.ts';
import './assembly.ts';

export interface ACloud {
  readonly cloud: Cloud;
  readonly url: string;
  /** May do everything, with everything. */
  readonly admin: Client;
  readonly inbox: AlertInbox;
  /** One output of the stacks by its key. */
  readonly output: (key: string) => string;
}

/** The platform on a cloud of its own for the tests of a file; AWS clients made inside the tests reach it. */
export function useCloud(): () => ACloud {
  let running: ACloud | undefined;
  beforeAll(async () => {
    const cloud = await startCloud({ assembly: inject('assembly') });
    try {
      Object.assign(process.env, cloud.engine.env);
      running = await moveIn(cloud);
    } finally {
      if (running === undefined) await cloud.stop();
    }
  });
  afterAll(async () => {
    if (running === undefined) return;
    const { engine } = running.cloud;
    await running.cloud.stop();
    await rm(join(STATE_DIR, `engine-${engine.port}.log`), { force: true });
  });
  return () => {
    if (running === undefined) throw new Error('the cloud is only there inside a test, got asked before');
    return running;
  };
}

async function moveIn(cloud: Cloud): Promise<ACloud> {
  const { token } = await bootstrap({ name: 'root', stage: 'local' });
  return {
    cloud,
    url: cloud.apiUrl,
    admin: createClient({ url: cloud.apiUrl, token }),
    inbox: await openInbox(output(cloud.outputs, 'AlertsTopicArn')),
    output: (key) => output(cloud.outputs, key),
  };
}
