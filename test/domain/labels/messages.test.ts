import { describe, expect, it } from 'vitest';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { labelMessages, readLabelMessage } from '../../../lib/domain/labels/messages.ts';

const aLabel = (id: string): LabelRecord => ({
  id,
  eventTime: '2026-11-01T00:00:00.000Z',
  label: true,
  revision: 0,
  source: 'api',
  receivedAt: '2026-11-24T12:00:00.000Z',
});

describe('labelMessages', () => {
  it('keeps every label, in order, in messages that a queue takes', () => {
    const labels = Array.from({ length: 5000 }, (_, i) => aLabel(`${i}-${'ü'.repeat(100)}`));
    const messages = labelMessages('churn', labels);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.every((m) => Buffer.byteLength(m) < 256 * 1024)).toBe(true);
    expect(messages.flatMap((m) => readLabelMessage(m).labels)).toEqual(labels);
  });

  it('puts few labels into one message', () => {
    expect(labelMessages('churn', [aLabel('a'), aLabel('b')])).toHaveLength(1);
  });
});
