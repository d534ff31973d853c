import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, inject } from 'vitest';
import { bootstrap } from '../../bin/mooring/bootstrap.ts';
import { readSpecFile } from '../../bin/mooring/spec-file.ts';
import { type Cloud, ENGINE_REQUIREMENTS, output, STATE_DIR, startCloud } from '../../local/cloud.ts';
import { fetchFlights } from '../../local/flights.ts';
import { openInbox } from '../../local/journey/alerts.ts';
import type { Calendar } from '../../local/journey/calendar.ts';
import { playJourney, type SpecDocument } from '../../local/journey/journey.ts';
import { invite, type People } from '../../local/journey/people.ts';
import { terminalProgress } from '../../local/journey/progress.ts';
import type { JourneyReport } from '../../local/journey/report.ts';
import { settle, workQueues } from '../../local/journey/settle.ts';
import { ensureVenv, pythonWithPip } from '../../local/python.ts';

export interface Played {
  readonly cloud: Cloud;
  readonly people: People;
  readonly report: JourneyReport;
}

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'flights', 'model.yaml');

/** Plays the journey once on a cloud of its own, before the tests of a file that look at what it left. */
export function usePlayedJourney(calendar: Calendar, options: { readonly iam?: boolean } = {}): () => Played {
  let cloud: Cloud | undefined;
  let played: Played | undefined;
  beforeAll(async () => {
    const python = await pythonWithPip(await ensureVenv('engine', ENGINE_REQUIREMENTS));
    const { files } = await fetchFlights({ python, dataDir: join(STATE_DIR, 'data') });
    cloud = await startCloud({ ...options, assembly: inject('assembly') });
    Object.assign(process.env, cloud.engine.env);
    if (cloud.engine.caFile) trust(cloud.engine.caFile);
    played = await play(cloud, files, calendar);
  }, 900_000);
  afterAll(async () => {
    await cloud?.stop();
    if (cloud) await rm(join(STATE_DIR, `engine-${cloud.engine.port}.log`), { force: true });
  });
  return () => {
    if (played === undefined) throw new Error('the journey is only there inside a test, got asked before');
    return played;
  };
}

async function play(cloud: Cloud, files: ReadonlyMap<string, string>, calendar: Calendar): Promise<Played> {
  const queues = await workQueues('Mooring-local');
  const inbox = await openInbox(output(cloud.outputs, 'AlertsTopicArn'));
  const { token } = await bootstrap({ name: 'admin', stage: 'local' });
  const spec = scaled((await readSpecFile(EXAMPLE)).spec, calendar.everyRow);
  const people = await invite({ apiUrl: cloud.apiUrl, adminToken: token, model: spec.name });
  const progress = terminalProgress(process.stderr);
  const settled = () => settle(queues);
  const report = await playJourney({ spec, files, calendar, people, inbox, settled, progress });
  return { cloud, people, report };
}

/** The guard asks for a number of labels; a share of the traffic brings that share of them. */
function scaled(spec: Readonly<Record<string, unknown>>, everyRow: number): SpecDocument {
  const retraining = spec.retraining as { readonly minNewLabels: number };
  const minNewLabels = Math.floor(retraining.minNewLabels / everyRow);
  return { ...spec, retraining: { ...retraining, minNewLabels } } as unknown as SpecDocument;
}

function trust(caFile: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
}
