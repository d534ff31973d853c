import { ApiError, errorOf } from './api-error.ts';

export interface ClientOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Makes a repeat of the same call make nothing new. */
  readonly idempotencyKey?: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One call of the API: its answer, or an ApiError. */
export type Call = <T>(method: Method, path: string, options?: CallOptions) => Promise<T>;

/** A call whose connection broke is sent again; every repeat is harmless, because a call carries its key. */
const ATTEMPTS = 3;

/** Longer than any answer of the API may take. */
const TIMEOUT_MS = 40_000;

export function transport({ url, token, fetch: send = fetch }: ClientOptions): Call {
  return async <T>(method: Method, path: string, options: CallOptions = {}) => {
    const target = new URL(url.replace(/\/$/, '') + path);
    for (const [key, value] of Object.entries(options.query ?? {}))
      if (value !== undefined) target.searchParams.set(key, String(value));
    const request = {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(method === 'POST' && { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() }),
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    };
    const response = await attempt(
      () => send(target, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) }),
      url,
    );
    const text = await response.text();
    const body = parsed(text);
    if (!response.ok) throw errorOf(response.status, body);
    return body as T;
  };
}

async function attempt(send: () => Promise<Response>, url: string): Promise<Response> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (cause) {
      if (tries >= ATTEMPTS) throw new ApiError(0, 'unreachable', `${url} does not answer`, [], cause);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return { message: text.slice(0, 200) };
  }
}
