import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_CHAIN,
  entryBody,
  type LedgerEntry,
  type NewEntry,
  sealEntry,
  verifyChain,
} from '../../lib/domain/ledger.ts';
import { aChain } from '../support/a-bus.ts';

const ENTRY: NewEntry = {
  at: '2026-11-24T12:00:00.000Z',
  actor: 'token/ada',
  action: 'spec-applied',
  subject: 'spec/s1',
  facts: { b: 1, a: [2, 'ä'] },
};

describe('sealEntry', () => {
  it('keeps the body as canonical JSON and hashes it after the hash before', () => {
    const entry = sealEntry('churn', EMPTY_CHAIN, ENTRY);
    expect(entry.body).toBe(
      '{"action":"spec-applied","actor":"token/ada","at":"2026-11-24T12:00:00.000Z","facts":{"a":[2,"ä"],"b":1},"inputs":[],"outputs":[],"subject":"spec/s1"}',
    );
    // printf '%064d%s' 0 "$body" | sha256sum
    expect(entry.hash).toBe('8b0be001846f4d843bbf362ccec2cd8d0f383fa2f8171372a2b0719d79e39170');
    expect(entry).toMatchObject({ seq: 1, prevHash: '0'.repeat(64) });
    expect(entryBody(entry)).toEqual({ ...ENTRY, inputs: [], outputs: [] });
  });

  it('gives one hash to one content, whatever the order of its keys', () => {
    const turned = { ...ENTRY, facts: { a: [2, 'ä'], b: 1, none: undefined } };
    expect(sealEntry('m', EMPTY_CHAIN, turned).hash).toBe(sealEntry('m', EMPTY_CHAIN, ENTRY).hash);
  });

  it('refuses what JSON cannot say and what no event can hold', () => {
    const seal = (facts: NewEntry['facts']) => () => sealEntry('m', EMPTY_CHAIN, { ...ENTRY, facts });
    expect(seal({ x: Number.NaN })).toThrow('canonical JSON needs finite numbers, got NaN at "x"');
    expect(seal({ x: 'x'.repeat(200_000) })).toThrow('a ledger entry must fit into 196608 bytes');
  });
});

describe('verifyChain', () => {
  it('counts the entries of an unbroken chain', () => {
    expect(verifyChain([])).toEqual({ verified: true, entries: 0 });
    expect(verifyChain(aChain('m', 3))).toEqual({ verified: true, entries: 3 });
  });

  it('names the entry whose body was changed, in any way, at any place', () => {
    const chain = aChain('m', 6);
    fc.assert(
      fc.property(fc.nat(5), fc.string({ minLength: 1 }), (i, text) => {
        const changed = chain.map((e, n) => (n === i ? { ...e, body: e.body + text } : e));
        expect(verifyChain(changed)).toMatchObject({ verified: false, entries: i, brokenAt: i + 1 });
      }),
    );
  });

  it('names an entry that was re-hashed, because the next one does not follow it', () => {
    const chain = aChain('m', 3);
    const [first, second] = chain as [LedgerEntry, LedgerEntry, LedgerEntry];
    const forged = sealEntry('m', first, { ...ENTRY, facts: { forged: true } });
    expect(verifyChain([first, forged, ...chain.slice(2)])).toMatchObject({ verified: false, brokenAt: 3 });
    expect(verifyChain([first, { ...second, hash: forged.hash }])).toMatchObject({ brokenAt: 2 });
  });

  it('names the first entry that is missing, at the beginning, inside and at the end', () => {
    const chain = aChain('m', 4);
    expect(verifyChain(chain.slice(1))).toMatchObject({ brokenAt: 1, reason: 'entry 1 is missing, got 2' });
    expect(verifyChain(chain.filter((e) => e.seq !== 3))).toMatchObject({ brokenAt: 3 });
    expect(verifyChain(chain.slice(0, 3), chain[3])).toMatchObject({ verified: false, brokenAt: 4 });
    expect(verifyChain(chain, chain[3])).toEqual({ verified: true, entries: 4 });
  });
});
