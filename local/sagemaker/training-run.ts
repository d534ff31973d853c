import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pack, unpack } from './archive.ts';
import { inBase, type TrainingInput, trainingEnv, writeTrainingBase } from './container.ts';
import { type Exit, endProcess, type Running } from './launch.ts';
import { MAX_FAILURE_REASON_LENGTH } from './limits.ts';
import { joinUri, parseUri } from './objects.ts';
import type { TrainingRequest } from './training-request.ts';
import type { Twin } from './twin.ts';

export type Phase = 'Downloading' | 'Training' | 'Uploading';

export type Outcome =
  | { readonly status: 'Completed'; readonly modelUri: string }
  | { readonly status: 'Failed'; readonly reason: string; readonly modelUri?: undefined }
  | { readonly status: 'Stopped' | 'MaxRuntimeExceeded'; readonly modelUri?: string | undefined };

/** What a caller learns while the job runs. */
export type Watch = { readonly enter: (phase: Phase) => void; readonly line: (line: string) => void };

/** How a caller stops the run: a job may be asked to before its process exists. */
export type Stop = { requested: boolean; running?: Running };

const isEmpty = async (folder: string) => (await readdir(folder)).length === 0;

const download = async (twin: Twin, request: TrainingRequest, base: string): Promise<string | undefined> => {
  for (const { name, type, uri } of request.channels) {
    const sources = await twin.objects.list(type, uri);
    if (sources.length === 0) {
      return `ClientError: Data download failed:Please ensure that there is at least one object under the specified prefix: ${uri}`;
    }
    await twin.objects.downloadAll(sources, join(base, 'input/data', name));
  }
  if ('submitUri' in request.script) {
    const archive = join(base, 'sourcedir.tar.gz');
    await twin.objects.download(parseUri(request.script.submitUri), archive);
    await unpack(archive, join(base, 'code'));
  }
  return undefined;
};

const argvOf = ({ script }: TrainingRequest, base: string) =>
  'argv' in script
    ? script.argv.map((argument) => inBase(base, argument))
    : [join(base, 'code', script.program)];

const failureReason = async (base: string, { code, signal }: Exit) => {
  const written = await readFile(join(base, 'output/failure'), 'utf8').catch(() => '');
  return `AlgorithmError: ${written.trim()}, exit code: ${code ?? signal}`.slice(
    0,
    MAX_FAILURE_REASON_LENGTH,
  );
};

const upload = async (twin: Twin, request: TrainingRequest, base: string): Promise<string> => {
  const folder = joinUri(request.outputUri, request.name, 'output');
  for (const [source, name] of [
    ['model', 'model.tar.gz'],
    ['output/data', 'output.tar.gz'],
  ] as const) {
    if (name === 'output.tar.gz' && (await isEmpty(join(base, source)))) continue;
    await pack(join(base, source), join(base, name));
    await twin.objects.upload(join(base, name), joinUri(folder, name));
  }
  return joinUri(folder, 'model.tar.gz');
};

const execute = async (
  twin: Twin,
  request: TrainingRequest,
  base: string,
  input: TrainingInput,
  stop: Stop,
  line: Watch['line'],
) => {
  const running = await twin.launch({
    argv: argvOf(request, base),
    cwd: base,
    env: trainingEnv(base, input),
    onLine: line,
  });
  stop.running = running;
  // Asked to stop while the process was being started: there was none to tell yet.
  if (stop.requested) void endProcess(running, twin.stopGraceMs.training);
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    void endProcess(running, twin.stopGraceMs.training);
  }, request.maxRuntimeSeconds * 1000);
  const exit = await running.exit.finally(() => clearTimeout(deadline));
  return { exit, late };
};

/** The life of one job, from an empty folder to an object in S3. A failure of the script is an outcome. */
export const runTraining = async (
  twin: Twin,
  request: TrainingRequest,
  jobArn: string,
  stop: Stop,
  { enter, line }: Watch,
): Promise<Outcome> => {
  const base = join(twin.workFolder, 'training', request.name);
  const input: TrainingInput = { ...request, jobName: request.name, jobArn };
  try {
    await writeTrainingBase(base, input);
    enter('Downloading');
    const problem = await download(twin, request, base);
    if (problem) return { status: 'Failed', reason: problem };
    if (stop.requested) return { status: 'Stopped' };
    enter('Training');
    const { exit, late } = await execute(twin, request, base, input, stop, line);
    const stopped = stop.requested ? 'Stopped' : late ? 'MaxRuntimeExceeded' : undefined;
    if (!stopped && exit.code !== 0) return { status: 'Failed', reason: await failureReason(base, exit) };
    // A stopped job keeps what it had written: an intermediate model is still a model.
    if (stopped && (await isEmpty(join(base, 'model')))) return { status: stopped };
    enter('Uploading');
    return { status: stopped ?? 'Completed', modelUri: await upload(twin, request, base) };
  } catch (error) {
    return { status: 'Failed', reason: `InternalServerError: ${error}`.slice(0, MAX_FAILURE_REASON_LENGTH) };
  } finally {
    await rm(base, { recursive: true, force: true });
  }
};
