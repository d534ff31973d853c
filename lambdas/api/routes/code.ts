import { z } from '@hono/zod-openapi';
import { keys } from '../../../lib/names.ts';
import { ofNewModel } from '../access.ts';
import { codeHash } from '../code-hash.ts';
import { presignAll } from '../presign.ts';
import { route } from '../route.ts';
import { announcedFile, modelParams, uploadTarget } from '../schemas/fields.ts';

/** A trainer is a handful of scripts; data does not travel with it. */
const MAX_CODE_FILES = 100;

const upload = route(
  {
    method: 'post',
    path: '/models/{model}/code',
    // The code may come before the spec that names it.
    summary: 'where to put the files of a trainer of one’s own; name it in the spec as training.code',
    access: { roles: ['builder'], scope: ofNewModel },
    params: modelParams,
    body: z.strictObject({ files: z.array(announcedFile).min(1).max(MAX_CODE_FILES) }),
    status: 201,
    answer: z.object({ code: z.string(), files: z.array(uploadTarget) }),
  },
  async ({ body }, { artifacts }) => {
    const code = codeHash(body.files);
    return { code, files: await presignAll(artifacts, body.files, (name) => keys.code(code, name)) };
  },
);

export const codeRoutes = [upload];
