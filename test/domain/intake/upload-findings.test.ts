import { describe, expect, it } from 'vitest';
import { rowErrorOf } from '../../../lib/domain/intake/row-error.ts';
import { checkObject, readManifest } from '../../../lib/domain/intake/upload-findings.ts';

const declared = { sha256: 'a'.repeat(64), bytes: 3 };

describe('readManifest', () => {
  it('reads what it should', () => {
    const reading = readManifest(JSON.stringify({ files: [{ key: 'a.csv', ...declared }] }));
    expect(reading).toMatchObject({ readable: true, manifest: { origin: 'upload' } });
  });

  it('names the place of each fault', () => {
    const reading = readManifest(JSON.stringify({ files: [{ key: 'a.csv', sha256: 'x', bytes: -1 }] }));
    const messages = reading.readable ? [] : reading.findings.map((f) => f.message.split(':')[0]);
    expect(messages).toEqual(['manifest at files.0.sha256', 'manifest at files.0.bytes']);
  });
});

describe('checkObject', () => {
  it('finds nothing wrong with the object that was declared', () => {
    expect(checkObject({ key: 'a', declared, found: declared })).toBeUndefined();
  });

  it.each([
    ['object-missing', undefined],
    ['object-checksum-mismatch', { ...declared, sha256: 'b'.repeat(64) }],
    ['object-size-mismatch', { ...declared, bytes: 4 }],
  ])('finds %s', (rule, found) => {
    expect(checkObject({ key: 'a', declared, found })).toMatchObject({
      rule,
      severity: 'error',
      object: 'a',
    });
  });
});

describe('rowErrorOf', () => {
  it('knows what a row has done from an outage', () => {
    expect(rowErrorOf(new Error('Conversion Error: Could not convert string "x" to INT32'))).toContain('"x"');
    expect(rowErrorOf(new Error('Out of Memory Error: failed to allocate'))).toBeUndefined();
    expect(rowErrorOf(new Error('IO Error: No space left on device'))).toBeUndefined();
    expect(rowErrorOf('text')).toBeUndefined();
  });
});
