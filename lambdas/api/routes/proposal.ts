import { basename, join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { InvalidInputError, NotFoundError, TooLargeError } from '../../../lib/domain/errors.ts';
import { formatOf } from '../../../lib/engine/read/file-format.ts';
import { UnreadableFileError } from '../../../lib/engine/read/unreadable-file.ts';
import { keys } from '../../../lib/names.ts';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';
import { ofModel } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { schemaProposal } from '../schemas/proposal.ts';

/** What is looked at within the time of a call; the command line reads larger files where they are. */
const MAX_BYTES = 100_000_000;

const propose = route(
  {
    method: 'post',
    path: '/models/{model}/spec/proposal',
    summary: 'a schema with constraints, proposed from a file of an upload, each entry with its evidence',
    access: { roles: ['builder'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({ upload: z.string().min(1).max(200), file: z.string().max(200).optional() }),
    answer: schemaProposal,
  },
  async ({ model, body: { upload, file } }, deps) => {
    const object = await objectOf(model, upload, file, deps);
    if (object.bytes > MAX_BYTES)
      throw new TooLargeError(
        `${object.name} must be at most ${MAX_BYTES} bytes here, got ${object.bytes}: use mooring propose FILE`,
      );
    return withTempFolder(async (folder) => {
      const local = join(folder, object.name);
      await deps.landing.download(object.key, local);
      try {
        return { object: object.name, ...(await deps.inferSchema({ file: local, name: object.name })) };
      } catch (error) {
        if (error instanceof UnreadableFileError) throw new InvalidInputError(error.message);
        throw error;
      }
    });
  },
);

/** The named file, or else the smallest that rows can be read from. */
async function objectOf(model: string, upload: string, file: string | undefined, { landing }: ApiDeps) {
  const listed = await landing.list(keys.upload(model, upload, ''));
  const files = listed
    .map(({ key, bytes }) => ({ key, bytes, name: basename(key) }))
    .filter(({ name }) => (file === undefined ? formatOf(name) !== undefined : name === file))
    .sort((a, b) => a.bytes - b.bytes);
  const [found] = files;
  if (found === undefined)
    throw new NotFoundError(`upload ${upload} of model ${model} has no ${file ?? 'file of rows'}`);
  return found;
}

export const proposalRoutes = [propose];
