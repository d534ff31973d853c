import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ForbiddenError, InvalidInputError, TooLargeError } from '../../lib/domain/errors.ts';
import type { Principal } from '../../lib/domain/registry/token.ts';
import { closedModel, holdsRole, mayTouch } from '../../lib/domain/roles.ts';
import { MAX_BODY_BYTES } from '../../lib/names.ts';
import { errorAnswer } from '../../lib/runtime/errors.ts';
import type { PredictInput } from './predict.ts';

/** The event behind the gateway's authorizer, as far as it is read here. */
export type PredictEvent = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'pathParameters'> & {
  readonly requestContext: {
    readonly requestId?: string;
    readonly authorizer?: { readonly lambda?: { readonly principal?: unknown } | null };
  };
};

/** Reads a call; what it may not do is refused before what it says is looked at. */
export function inputOf(event: PredictEvent): PredictInput {
  const model = event.pathParameters?.model ?? '';
  const principal = principalOf(event);
  if (!holdsRole(principal, ['caller']))
    throw new ForbiddenError(`this needs one of the roles admin, caller, got ${principal.roles.join(', ')}`);
  if (!mayTouch(principal, model)) throw closedModel(model);
  return { model, rows: rowsOf(bodyOf(event)) };
}

export function respond(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function respondError(error: unknown): APIGatewayProxyStructuredResultV2 {
  const { status, code, message, details } = errorAnswer(error);
  return respond(status, { error: { code, message, details } });
}

/** Only the gateway calls this function, and it lets nobody through without a principal. */
function principalOf({ requestContext }: PredictEvent): Principal {
  const context = requestContext.authorizer?.lambda?.principal;
  if (typeof context !== 'string') throw new ForbiddenError('a valid token is needed');
  return JSON.parse(context) as Principal;
}

function bodyOf({ body = '', isBase64Encoded }: PredictEvent): string {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BODY_BYTES)
    throw new TooLargeError(`the body must be at most ${MAX_BODY_BYTES} bytes, got ${bytes}`);
  return text;
}

function rowsOf(body: string): readonly unknown[] {
  const parsed = parse(body);
  const rows = typeof parsed === 'object' && parsed !== null && 'rows' in parsed ? parsed.rows : undefined;
  if (!Array.isArray(rows))
    throw new InvalidInputError('the body must be {"rows": [{…}, …]}', {
      details: [{ path: 'rows', message: 'must be a list of rows' }],
    });
  return rows;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new InvalidInputError('the body is no JSON', { cause });
  }
}
