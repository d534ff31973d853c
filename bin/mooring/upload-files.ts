import { createHash } from 'node:crypto';
import { ApiError } from './api-error.ts';

/** A file as it is sent: its bytes are read once, since their hash is announced before them. */
export interface FileToSend {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface Target {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the API wants to know of files before they come. */
export function announce(files: readonly FileToSend[]) {
  return files.map(({ name, content }) => ({
    name,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.byteLength,
  }));
}

/** PUTs each file to its place, one after the other: the line is the bottleneck, and progress stays readable. */
export async function sendFiles(
  files: readonly FileToSend[],
  targets: readonly Target[],
  send: typeof fetch,
  onFile: (name: string) => void,
): Promise<void> {
  for (const { name, content } of files) {
    const target = targets.find((t) => t.name === name);
    if (target === undefined) throw new ApiError(0, 'unknown', `the API gave no place for file ${name}`);
    const response = await send(target.url, {
      method: 'PUT',
      headers: target.headers,
      body: Buffer.from(content),
    });
    if (!response.ok)
      throw new ApiError(
        response.status,
        'upload-refused',
        `file ${name} was refused: ${await response.text()}`,
      );
    onFile(name);
  }
}
