import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, isFree } from '../../../local/free-port.ts';

describe('isFree', () => {
  it('tells a port that is taken from one that is not', async () => {
    const port = await freePort();
    expect(await isFree(port)).toBe(true);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await isFree(port)).toBe(false);
    server.close();
    await once(server, 'close');
    expect(await isFree(port)).toBe(true);
  });

  it('sees also who listens on every interface', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const address = server.address();
    expect(await isFree(typeof address === 'object' ? (address?.port ?? 0) : 0)).toBe(false);
    server.close();
  });
});
