import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/domain/findings.ts';
import { keptFindings } from '../../../lib/domain/intake/kept-findings.ts';

const finding = (severity: Finding['severity'] = 'error'): Finding => ({
  rule: 'r',
  severity,
  message: 'm',
  examples: Array.from({ length: 20 }, (_, i) => ({ row: i + 1, value: 'x'.repeat(200) })),
});

describe('keptFindings', () => {
  it('keeps a few as they are', () => {
    const plain: Finding = { rule: 'r', severity: 'error', message: 'm' };
    expect(keptFindings([plain])).toEqual([plain]);
  });

  it('keeps what fits one item, and says how many more there were', () => {
    const kept = keptFindings(Array.from({ length: 2000 }, () => finding()));
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(200_000);
    expect(kept.at(-1)).toMatchObject({ severity: 'error', message: 'dataset has 1960 more findings' });
  });

  it('makes no error of warnings that were left out', () => {
    const kept = keptFindings([...Array.from({ length: 40 }, () => finding()), finding('warning')]);
    expect(kept.at(-1)?.severity).toBe('warning');
  });
});
