type Split = { readonly byLine: boolean; readonly manyRecords: boolean; readonly maxPayloadBytes: number };

const LINE_FEED = 0x0a;

/** The end of the next payload: one line, or as many whole lines as fit. Never less than one line. */
const nextEnd = (content: Buffer, start: number, { manyRecords, maxPayloadBytes }: Split): number => {
  const lineEnd = (from: number) => {
    const found = content.indexOf(LINE_FEED, from);
    return found < 0 ? content.length : found + 1;
  };
  if (!manyRecords) return lineEnd(start);
  const limit = start + maxPayloadBytes;
  if (limit >= content.length) return content.length;
  const lastBreak = content.lastIndexOf(LINE_FEED, limit - 1);
  return lastBreak < start ? lineEnd(start) : lastBreak + 1;
};

/** An object cut into the payloads of single calls, in order, without a copy. Throws when a record does not fit. */
export function* splitRecords(content: Buffer, split: Split): Generator<Buffer> {
  const checked = (payload: Buffer) => {
    if (payload.length <= split.maxPayloadBytes) return payload;
    throw new Error(
      `ClientError: a record has ${payload.length} bytes, wanted MaxPayloadInMB (${split.maxPayloadBytes} bytes) at most`,
    );
  };
  if (!split.byLine) return yield checked(content);
  for (let start = 0; start < content.length; ) {
    const end = nextEnd(content, start, split);
    yield checked(content.subarray(start, end));
    start = end;
  }
}
