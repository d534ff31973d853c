import { describe, expect, it } from 'vitest';
import { inputBinning } from '../../../lib/domain/intake/input-binning.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';

describe('inputBinning', () => {
  it('leaves out what only a model answers, and has an id of its own', () => {
    const input = { 'input.a': { kind: 'numeric', edges: [1] } } as const;
    const all = makeBinning({ ...input, 'output.score': { kind: 'numeric', edges: [0.5] } } as never);
    expect(inputBinning(all)).toEqual(makeBinning(input as never));
  });
});
