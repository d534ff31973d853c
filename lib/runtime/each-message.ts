import type { Logger } from './logger.ts';

interface Message {
  readonly messageId: string;
  readonly body: string;
}

/** Messages at work at once: enough to hide a write's latency, few enough for a small function. */
const AT_ONCE = 10;

/**
 * Works on a batch of queue messages, each by itself, and reports those that failed: only they are delivered again, and a message
 * that fails for ever ends in the dead-letter queue.
 */
export async function eachMessage<M extends Message>(
  batch: { readonly Records: readonly M[] },
  work: (message: M) => Promise<void>,
  log: Logger,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  const failed: { itemIdentifier: string }[] = [];
  for (let i = 0; i < batch.Records.length; i += AT_ONCE) {
    const group = batch.Records.slice(i, i + AT_ONCE);
    const results = await Promise.allSettled(group.map(work));
    results.forEach((result, j) => {
      const itemIdentifier = group[j]?.messageId ?? '';
      if (result.status === 'fulfilled') return;
      log.error('a message failed', { messageId: itemIdentifier, error: result.reason });
      failed.push({ itemIdentifier });
    });
  }
  return { batchItemFailures: failed };
}
