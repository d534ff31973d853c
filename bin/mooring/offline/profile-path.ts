import type { Binning } from '../../../lib/domain/profile/binning.ts';
import type { AnyProfile } from '../../../lib/engine/profile/profile-any-file.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { bytesOf } from './local-files.ts';
import { isProfileName, type ProfileDocument, readProfile } from './profile-document.ts';

/** Smaller files are done before anybody wonders. */
const WORTH_A_WORD_BYTES = 32 * 2 ** 20;

/**
 * The profile of a file of rows, or the profile that a file holds. The engine is loaded only for rows.
 *
 * @param like cuts to count rows under; by default the file's own
 * @param learnsPreset also NannyML's thresholds, which need rows
 */
export async function profileOf(
  path: string,
  io: Io,
  like?: Binning,
  learnsPreset = false,
): Promise<Omit<ProfileDocument, 'kind'> & Pick<AnyProfile, 'presetThresholds' | 'firstBroken'>> {
  const bytes = await bytesOf(path);
  if (isProfileName(path)) return readProfile(path);
  const done = bytes < WORTH_A_WORD_BYTES ? () => undefined : tellTime(`reading ${path}`, bytes, io);
  const { openEngine } = await import('../../../lib/engine/engine.ts');
  const { profileAnyFile } = await import('../../../lib/engine/profile/profile-any-file.ts');
  const engine = await openEngine();
  try {
    return await profileAnyFile({ file: path, learnsPreset, ...(like && { binning: like }) }, engine);
  } finally {
    engine.close();
    done();
  }
}

/** Says every second, on a terminal, that it is still at it. */
function tellTime(what: string, bytes: number, io: Io): () => void {
  const shown = progress(io);
  const text = `${what} (${Math.round(bytes / 2 ** 20)} MB)`;
  shown.update(text);
  const timer = setInterval(() => shown.update(text), 1000);
  return () => {
    clearInterval(timer);
    shown.end();
  };
}
