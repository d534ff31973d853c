import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, type Piece, rowGroupRanges } from '../../../lib/domain/intake/pieces.ts';

const groups = (...bytes: number[]) => {
  let startByte = 4;
  return bytes.map((size, i) => {
    const group = { rows: 10 + i, startByte, endByte: startByte + size };
    startByte += size;
    return group;
  });
};

describe('rowGroupRanges', () => {
  it('joins row groups up to the wanted size and never splits one', () => {
    expect(rowGroupRanges(groups(40, 40, 40, 300, 10), 100)).toEqual([
      { first: 0, end: 2, firstRow: 0, rows: 21, startByte: 4, endByte: 84 },
      { first: 2, end: 3, firstRow: 21, rows: 12, startByte: 84, endByte: 124 },
      { first: 3, end: 4, firstRow: 33, rows: 13, startByte: 124, endByte: 424 },
      { first: 4, end: 5, firstRow: 46, rows: 14, startByte: 424, endByte: 434 },
    ]);
  });

  it('covers every row group and every row once, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 40 }), (sizes) => {
        const ranges = rowGroupRanges(groups(...sizes), 100);
        let [group, row] = [0, 0];
        for (const range of ranges) {
          expect([range.first, range.firstRow]).toEqual([group, row]);
          group = range.end;
          row += range.rows;
        }
        expect([group, row]).toEqual([sizes.length, sizes.reduce((sum, _, i) => sum + 10 + i, 0)]);
      }),
    );
  });

  it('does not join row groups that lie in another order than their numbers', () => {
    const [a, b] = groups(10, 10);
    expect(
      rowGroupRanges(
        [b, a].flatMap((g) => g ?? []),
        100,
      ),
    ).toHaveLength(2);
  });
});

describe('batchesOf', () => {
  const pieces = (...bytes: number[]): readonly Piece[] =>
    bytes.map((size, object) => ({ object, bytes: size }));

  it('takes small pieces together and large ones alone', () => {
    expect(batchesOf(pieces(30, 60, 20, 500, 1), 100)).toEqual([
      { first: 0, end: 2 },
      { first: 2, end: 3 },
      { first: 3, end: 4 },
      { first: 4, end: 5 },
    ]);
  });

  it('takes at most a hundred, however small', () => {
    expect(batchesOf(pieces(...new Array(250).fill(1)), 1e9).map((b) => b.end - b.first)).toEqual([
      100, 100, 50,
    ]);
  });

  it('makes none of nothing', () => {
    expect(batchesOf([], 100)).toEqual([]);
  });
});
