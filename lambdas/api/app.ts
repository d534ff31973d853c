import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { InvalidInputError, NotFoundError, TooLargeError } from '../../lib/domain/errors.ts';
import { MAX_BODY_BYTES } from '../../lib/names.ts';
import { type Grant, grant } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { httpError } from './errors.ts';
import { gatewayPath } from './gateway-path.ts';
import { type GatewayEnv, principalOf } from './principal.ts';
import { type Part, problemsOf } from './problems.ts';
import { operationId, type Route, type RouteRequest } from './route.ts';
import { routes } from './routes.ts';
import { errorBody } from './schemas/error.ts';
import { modelParams } from './schemas/fields.ts';
import { predictAnswer, predictBody } from './schemas/predict.ts';
import { checkedQuery } from './schemas/query.ts';

type Env = { Bindings: GatewayEnv; Variables: { grant: Grant } };

const ABOUT = { openapi: '3.1.0', info: { title: 'Mooring', version: '1' } };

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

/** Described here for who calls it, answered by a function of its own. */
const predictPath = {
  method: 'post' as const,
  path: '/models/{model}/predict',
  summary: 'answers rows by the version in service, and logs what was served',
  'x-roles': ['caller'],
  request: { params: modelParams, body: { required: true, ...json(predictBody) } },
  responses: {
    200: { description: 'done', ...json(predictAnswer) },
    default: { description: 'an error', ...json(errorBody) },
  },
};

/** The API as a function from request to response. */
export function createApp(deps: ApiDeps): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({
    getPath: (request) => gatewayPath(new URL(request.url).pathname),
    defaultHook: (result) => {
      if (!result.success)
        throw new InvalidInputError(`the request has fields that are not valid`, {
          details: problemsOf(result.error.issues as z.core.$ZodIssue[], result.target as Part),
        });
    },
  });
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  app.notFound((c) => respond(c, new NotFoundError(`there is no ${c.req.method} ${c.req.path}`)));
  app.onError((error, c) => {
    const answered = respond(c, error);
    if (answered.status === 500)
      deps.log.error('a route failed', { requestId: c.env?.requestContext?.requestId, error });
    return answered;
  });
  for (const route of routes) mount(app, route, deps);
  app.openAPIRegistry.registerPath(predictPath);
  app.doc31('/openapi.json', ABOUT);
  return app;
}

function tooLarge(): never {
  throw new TooLargeError(`the body must be at most ${MAX_BODY_BYTES} bytes`);
}

function respond(c: Context, error: Error): Response {
  const { status, body } = httpError(error);
  return c.json(body, status as ContentfulStatusCode);
}

function mount(app: OpenAPIHono<Env>, route: Route, deps: ApiDeps): void {
  const { method, path, summary, params, query, body, status = 200, answer } = route;
  const definition = createRoute({
    method,
    path,
    summary,
    middleware: guard(route, deps),
    ...(route.access !== 'open' && { 'x-roles': route.access.roles }),
    request: {
      ...(params && { params }),
      query: checkedQuery(query),
      ...(body && { body: { required: true, ...json(body) } }),
    },
    responses: {
      [status]: { description: 'done', ...json(answer) },
      default: { description: 'an error', ...json(errorBody) },
    },
  });
  app.openapi(
    definition as never,
    (async (c: Context<Env>) =>
      c.json((await route.handle(requestOf(c, deps) as never, deps)) as object, status)) as never,
  );
}

/** Access comes before validation: who may not call a route learns nothing of its fields. */
function guard(route: Route, deps: ApiDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { access } = route;
    if (access !== 'open')
      c.set('grant', await grant(principalOf(c.env), access, c.req.param(), deps.registry));
    await next();
    return undefined;
  };
}

/** Only called where the guard has run, except for open routes, which look at nothing of this. */
function requestOf(c: Context<Env>, deps: ApiDeps): RouteRequest<unknown, unknown, unknown> {
  const { principal, model, head } = c.get('grant') ?? {};
  const valid = (part: 'param' | 'query' | 'json') => c.req.valid(part as never) as unknown;
  const key = c.req.header('idempotency-key');
  return {
    params: valid('param'),
    query: valid('query'),
    body: valid('json'),
    principal,
    model,
    head,
    operationId: operationId(principal, c.req.path, key, deps.newId),
  } as RouteRequest<unknown, unknown, unknown>;
}
