import { describe, expect, it } from 'vitest';
import { PiecesFailedError, pieceFailures } from '../../../lib/domain/intake/piece-failures.ts';

const batches = [
  { first: 0, end: 2 },
  { first: 2, end: 3 },
];
const Input = (batch: number) => JSON.stringify({ folder: 'f', batch });

describe('why a piece has no shard', () => {
  it('is what its worker said of it', () => {
    const { name, message } = new PiecesFailedError(
      new Map<number, unknown>([
        [0, new Error('IO Error: bad page\nLINE 1: …')],
        [1, 'no Error'],
      ]),
    );
    const why = pieceFailures(
      [{ Input: Input(0), Error: name, Cause: JSON.stringify({ errorMessage: message, errorType: name }) }],
      batches,
    );
    expect([...why]).toEqual([
      [0, 'IO Error: bad page'],
      [1, 'no Error'],
    ]);
  });

  it('is said of each of a hundred pieces in what Step Functions keeps of a cause', () => {
    const long = new Error('x'.repeat(1000));
    const failed = new PiecesFailedError(new Map(Array.from({ length: 100 }, (_, piece) => [piece, long])));
    const { name: errorType, message: errorMessage, stack } = failed;
    const Cause = JSON.stringify({ errorType, errorMessage, trace: stack?.split('\n') });
    expect(Cause.length).toBeLessThan(32_768);
    const why = pieceFailures([{ Input: Input(0), Cause }], [{ first: 0, end: 100 }]);
    expect([why.size, why.get(99)]).toEqual([100, 'x'.repeat(100)]);
  });

  it('is what happened to its worker, when that could say nothing', () => {
    const why = pieceFailures(
      [
        {
          Input: Input(1),
          Error: 'Sandbox.Timedout',
          Cause: '{"errorMessage":"Task timed out after 900 s"}',
        },
        { Input: 'nonsense', Error: 'X' },
      ],
      batches,
    );
    expect([...why]).toEqual([[2, 'Sandbox.Timedout: Task timed out after 900 s']]);
  });
});
