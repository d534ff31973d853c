import type { z } from '@hono/zod-openapi';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { announcedFile, uploadTarget } from './schemas/fields.ts';

/** Long enough to send a large file over a slow line, short enough that a leaked URL soon means nothing. */
export const UPLOAD_EXPIRES_SECONDS = 3600;

/** A place to PUT each announced file; the store refuses other bytes than those announced. */
export async function presignAll(
  store: ObjectStore,
  files: readonly z.output<typeof announcedFile>[],
  keyOf: (name: string) => string,
): Promise<z.output<typeof uploadTarget>[]> {
  return Promise.all(
    files.map(async ({ name, sha256, bytes }) => {
      const target = await store.presignPut(keyOf(name), {
        sha256,
        bytes,
        expiresSeconds: UPLOAD_EXPIRES_SECONDS,
      });
      return { name, url: target.url, headers: { ...target.headers } };
    }),
  );
}
