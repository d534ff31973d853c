import { createHash } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Principal } from '../../lib/domain/registry/token.ts';
import type { Access } from './access.ts';
import type { ApiDeps } from './deps.ts';

/** A granted and validated call. */
export interface RouteRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  /** The model that the path names and its head; empty for routes of no model. */
  readonly model: string;
  readonly head: Head;
  /** An id for what this call makes: the same one again for the same `Idempotency-Key`. */
  readonly operationId: string;
}

export interface RouteShape<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  A extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** `/models/{model}/runs` */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly status?: 200 | 201 | 202;
  readonly answer: A;
}

/** One route: what it declares and what it does, as a value that the app mounts and a test reads. */
export interface Route extends RouteShape<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType> {
  readonly handle: (request: RouteRequest<never, never, never>, deps: ApiDeps) => Promise<unknown>;
}

/** The one way to declare a route. */
export function route<
  A extends z.ZodType,
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(
  shape: RouteShape<P, Q, B, A>,
  handle: (
    request: RouteRequest<z.output<P>, z.output<Q>, z.output<B>>,
    deps: ApiDeps,
  ) => Promise<z.output<A>>,
): Route {
  return { ...shape, handle: handle as Route['handle'] };
}

/** Long enough never to collide within a model, short enough for the names of jobs and executions made from it. */
const ID_LENGTH = 16;

/**
 * The id of what a call makes: derived from its caller, path and `Idempotency-Key`, so that a repeat makes nothing new;
 * without a key a new one each time.
 */
export function operationId(
  principal: Principal | undefined,
  path: string,
  key: string | undefined,
  newId: () => string,
): string {
  const seed = key === undefined ? newId() : JSON.stringify([principal?.tokenId, path, key]);
  return createHash('sha256').update(seed).digest('hex').slice(0, ID_LENGTH);
}
