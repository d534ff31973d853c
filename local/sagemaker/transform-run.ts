import { MAX_FAILURE_REASON_LENGTH } from './limits.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { joinUri } from './objects.ts';
import { splitRecords } from './records.ts';
import type { TransformRequest } from './transform-request.ts';
import type { Twin } from './twin.ts';

export type Outcome =
  | { readonly status: 'Completed' | 'Stopped' }
  | { readonly status: 'Failed'; readonly reason: string };

export type Stop = { requested: boolean; server?: ModelServer };

const NEWLINE = Buffer.from('\n');

const endedByNewline = (body: Buffer) =>
  body.length === 0 || body.at(-1) === NEWLINE[0] ? body : Buffer.concat([body, NEWLINE]);

const transformObject = async (
  server: ModelServer,
  request: TransformRequest,
  content: Buffer,
): Promise<Buffer> => {
  const headers = { 'content-type': request.input.contentType, accept: request.accept ?? '*/*' };
  const answers: Buffer[] = [];
  for (const payload of splitRecords(content, request)) {
    const { status, body } = await server.invoke(payload, headers, request.invocationTimeoutMs);
    if (status !== 200) throw new Error(`AlgorithmError: model server answered ${status}: ${body}`);
    answers.push(request.assembleByLine ? endedByNewline(body) : body);
  }
  return Buffer.concat(answers);
};

/** The life of one batch job: the endpoint's server, one object after another. A refused record fails the job. */
export const runTransform = async (twin: Twin, request: TransformRequest, stop: Stop): Promise<Outcome> => {
  try {
    const sources = await twin.objects.list(request.input.type, request.input.uri);
    if (sources.length === 0) throw new Error(`ClientError: No objects found at ${request.input.uri}`);
    stop.server = await startModelServer(twin, request.model, `transform job ${request.name}`);
    for (const source of sources) {
      if (stop.requested) return { status: 'Stopped' };
      const output = await transformObject(stop.server, request, await twin.objects.read(source));
      await twin.objects.write(output, joinUri(request.outputUri, `${source.relativePath}.out`));
    }
    return { status: 'Completed' };
  } catch (error) {
    if (stop.requested) return { status: 'Stopped' };
    return { status: 'Failed', reason: (error as Error).message.slice(0, MAX_FAILURE_REASON_LENGTH) };
  } finally {
    await stop.server?.stop();
  }
};
