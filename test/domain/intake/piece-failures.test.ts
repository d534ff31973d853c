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
