import { createReadStream } from 'node:fs';
import { compressionOf, unpacking } from './compression.ts';
import { refuseSameNames } from './same-names.ts';
import { UnreadableContentError } from './unreadable-file.ts';

/** A header longer than this is no header. */
const MAX_HEADER_BYTES = 1_000_000;

/** What some tools write between columns. */
const OTHER_SEPARATOR = /[;\t|]/;

/** The column names of a CSV file's first record. Throws when it has none. */
export async function csvHeader(file: string): Promise<readonly string[]> {
  const record = await firstRecord(file);
  const names = fields(record);
  const nameless = names.indexOf('');
  if (nameless >= 0) throw new UnreadableContentError(`the header has no name for column ${nameless + 1}`);
  if (names.length === 1 && OTHER_SEPARATOR.test(names[0] ?? ''))
    throw new UnreadableContentError(
      `the header is the one column ${names[0]}, wanted columns with commas between them: write the file with commas`,
    );
  refuseSameNames(names);
  return names;
}

async function firstRecord(file: string): Promise<string> {
  const raw = createReadStream(file);
  const compression = compressionOf(file);
  const stream = compression ? raw.pipe(unpacking(compression)) : raw;
  if (compression) raw.on('error', (error) => stream.destroy(error));
  // A letter may lie across two chunks.
  stream.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of stream) {
      text += chunk as string;
      const end = recordEnd(text);
      if (end >= 0) return text.slice(0, end);
      if (text.length > MAX_HEADER_BYTES)
        throw new UnreadableContentError(`the header is longer than ${MAX_HEADER_BYTES} bytes`);
    }
  } finally {
    raw.destroy();
  }
  return text;
}

function recordEnd(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && (text[i] === '\n' || text[i] === '\r')) return i;
  }
  return -1;
}

/** A name between quotes, where two of them stand for one, or up to the next comma. */
const FIELD = /,(?:"([^"]*(?:""[^"]*)*)"|([^,]*))/g;

function fields(record: string): string[] {
  const all = `,${record.replace(/^\uFEFF/, '')}`.matchAll(FIELD);
  return [...all].map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare);
}
