import { mooring } from '../../../bin/mooring/program.ts';
import { createApp } from '../../../lambdas/api/app.ts';
import type { Principal } from '../../../lib/domain/registry/token.ts';
import { admin, type World } from '../../lambdas/api/world.ts';

/** The command line against the API itself, with the uploads going to its own store. */
export function anApiTerminal(world: World, who: Principal = admin) {
  const app = createApp(world.deps);
  const env = { requestContext: { authorizer: { lambda: { principal: JSON.stringify(who) } } } };
  const out: string[] = [];
  const err: string[] = [];
  const send = async (target: string | URL | Request, init?: RequestInit) => {
    const url = new URL(String(target));
    if (url.protocol !== 'memory:') return app.request(url.pathname + url.search, init, env);
    await world.deps[url.host as 'landing' | 'artifacts'].put(url.pathname.slice(1), init?.body as Buffer);
    return new Response();
  };
  const run = (...args: string[]) =>
    mooring(args, {
      out: (line) => out.push(line),
      err: (chunk) => err.push(chunk),
      isTerminal: false,
      stdin: async () => '',
      environment: { MOORING_URL: 'http://api.test', MOORING_TOKEN: 'secret' },
      fetch: send as typeof fetch,
    });
  return { run, out, err };
}
