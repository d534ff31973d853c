import { describe, expect, it } from 'vitest';
import { type LedgerEntry, type NewEntry, verifyChain } from '../../../lib/domain/ledger.ts';
import { ConditionFailedError, listAll, type Registry } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';

const AT = '2026-11-24T12:00:00.000Z';

export function anEntry(more: Partial<NewEntry> = {}): NewEntry {
  return { at: AT, actor: 'token/ada', action: 'spec-applied', subject: 'spec/1', facts: {}, ...more };
}

let made = 0;
/** Every test has models of its own, so that a real table can be shared. */
export const aModel = () => `model-${process.pid}-${++made}`;

const chainOf = async (registry: Registry, model: string) =>
  verifyChain(
    await listAll<LedgerEntry>(registry, model, skPrefix.ledger),
    (await registry.head(model))?.ledger,
  );

/** What every registry promises. */
export function registryContract(name: string, open: () => Registry): void {
  describe(`${name}, deciding`, () => {
    it('creates the head with the first entry', async () => {
      const registry = open();
      const model = aModel();
      const answer = await registry.decide(model, (head) => {
        expect(head).toBeUndefined();
        return { answer: 'applied', entry: anEntry(), head: { specHash: 'abc' } };
      });
      expect(answer).toBe('applied');
      expect(await registry.head(model)).toMatchObject({
        model,
        specHash: 'abc',
        nextVersion: 1,
        ledger: { seq: 1 },
      });
      expect(await chainOf(registry, model)).toEqual({ verified: true, entries: 1 });
    });

    it('writes nothing without an entry', async () => {
      const registry = open();
      const model = aModel();
      const decided = registry.decide(model, () => ({
        answer: 1,
        head: { specHash: 'x' },
        writes: [{ sk: 'A', item: {} }],
      }));
      expect(await decided).toBe(1);
      expect(await registry.head(model)).toBeUndefined();
      expect(await registry.get(model, 'A')).toBeUndefined();
    });

    it('removes a field of the head that is given as undefined', async () => {
      const registry = open();
      const model = aModel();
      const runLock = { holder: 'run/1', expiresAt: AT };
      await registry.decide(model, () => ({ answer: 0, entry: anEntry(), head: { runLock } }));
      expect((await registry.head(model))?.runLock).toEqual(runLock);
      await registry.decide(model, () => ({ answer: 0, entry: anEntry(), head: { runLock: undefined } }));
      expect((await registry.head(model))?.runLock).toBeUndefined();
    });

    it('writes and removes items with the entry', async () => {
      const registry = open();
      const model = aModel();
      const item = { text: 'ä', big: 1e300, tiny: 5e-324, nested: [{ a: null }] };
      await registry.decide(model, () => ({
        answer: 0,
        entry: anEntry(),
        writes: [{ sk: 'RUN#1', item, condition: 'absent' }],
      }));
      expect(await registry.get(model, 'RUN#1')).toEqual(item);
      await registry.decide(model, () => ({
        answer: 0,
        entry: anEntry(),
        writes: [{ sk: 'RUN#1', remove: true }],
      }));
      expect(await registry.get(model, 'RUN#1')).toBeUndefined();
    });

    it('writes nothing when a condition of a write fails, and names the item', async () => {
      const registry = open();
      const model = aModel();
      await registry.put(model, 'RUN#1', { first: true });
      const decided = registry.decide(model, () => ({
        answer: 0,
        entry: anEntry(),
        writes: [
          { sk: 'RUN#2', item: {} },
          { sk: 'RUN#1', item: { first: false }, condition: 'absent' },
        ],
      }));
      await expect(decided).rejects.toThrow(ConditionFailedError);
      await expect(decided).rejects.toThrow('RUN#1');
      expect(await registry.head(model)).toBeUndefined();
      expect(await registry.get(model, 'RUN#2')).toBeUndefined();
      const present = registry.decide(model, () => ({
        answer: 0,
        entry: anEntry(),
        writes: [{ sk: 'RUN#9', item: {}, condition: 'present' }],
      }));
      await expect(present).rejects.toThrow('RUN#9');
    });

    it('decides again on the newest head when another decision came first', async () => {
      const registry = open();
      const model = aModel();
      const seen: (number | undefined)[] = [];
      await registry.decide(model, async (head) => {
        seen.push(head?.ledger.seq);
        if (seen.length === 1) await registry.decide(model, () => ({ answer: 0, entry: anEntry() }));
        return { answer: 0, entry: anEntry({ subject: 'spec/2' }) };
      });
      expect(seen).toEqual([undefined, 1]);
      expect(await chainOf(registry, model)).toEqual({ verified: true, entries: 2 });
    });

    it('lands fifty decisions at once in one unbroken chain', async () => {
      const registry = open();
      const model = aModel();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          registry.decide(model, (head) => ({
            answer: i,
            entry: anEntry({ facts: { i } }),
            head: { nextVersion: (head?.nextVersion ?? 1) + 1 },
          })),
        ),
      );
      expect(answers).toHaveLength(50);
      expect(await chainOf(registry, model)).toEqual({ verified: true, entries: 50 });
      expect((await registry.head(model))?.nextVersion).toBe(51);
    }, 60_000);
  });

  describe(`${name}, reading`, () => {
    it('lists a prefix in order, page by page, either way', async () => {
      const registry = open();
      const model = aModel();
      for (const n of [3, 1, 2]) await registry.put(model, sk.version(n), { n });
      await registry.put(model, 'RUN#1', { n: 9 });
      const first = await registry.list<{ n: number }>(model, skPrefix.version, { limit: 2 });
      expect(first.items.map((i) => i.n)).toEqual([1, 2]);
      expect(first.cursor).toBeDefined();
      const second = await registry.list<{ n: number }>(model, skPrefix.version, {
        limit: 2,
        cursor: first.cursor ?? '',
      });
      expect(second).toEqual({ items: [{ n: 3 }] });
      const newest = await registry.list<{ n: number }>(model, skPrefix.version, {
        limit: 3,
        newestFirst: true,
      });
      expect(newest).toEqual({ items: [{ n: 3 }, { n: 2 }, { n: 1 }] });
    });

    it('lists a range of a prefix by what follows it, page by page, either way', async () => {
      const registry = open();
      const model = aModel();
      const day = (d: number) => `2026-11-0${d}T00:00:00.000Z`;
      for (const d of [1, 2, 3, 4]) await registry.put(model, sk.window(day(d), 'drift', 1), { d });
      await registry.put(model, 'WATERMARK', { d: 9 });
      const days = async (range: object) => {
        const page = await registry.list<{ d: number }>(model, skPrefix.window, range);
        return page.items.map(({ d }) => d);
      };
      expect(await days({ from: day(2) })).toEqual([2, 3, 4]);
      expect(await days({ to: day(3) })).toEqual([1, 2]);
      expect(await days({ from: day(2), to: day(4), newestFirst: true })).toEqual([3, 2]);
      expect(await days({ from: day(4), to: day(2) })).toEqual([]);
      const range = { from: day(2), to: day(4), limit: 1 };
      const { cursor = '' } = await registry.list(model, skPrefix.window, range);
      expect(await registry.list(model, skPrefix.window, { ...range, cursor })).toEqual({
        items: [{ d: 3 }],
      });
      const all = await listAll<{ d: number }>(registry, model, skPrefix.window, { from: day(3) });
      expect(all.map(({ d }) => d)).toEqual([3, 4]);
    });

    it('lists open approvals across models and drops them once written without a kind', async () => {
      const registry = open();
      const model = aModel();
      const id = `${model}-v1`;
      const write = (more: object) => ({ sk: sk.approval(id), item: { id }, ...more });
      const open1 = [write({ kind: 'approval', sortedAt: AT })];
      await registry.decide(model, () => ({ answer: 0, entry: anEntry(), writes: open1 }));
      const listed = async () =>
        (await registry.byKind<{ id: string }>('approval', { limit: 1000 })).items.map((i) => i.id);
      expect(await listed()).toContain(id);
      await registry.decide(model, () => ({ answer: 0, entry: anEntry(), writes: [write({})] }));
      expect(await listed()).not.toContain(id);
    });

    it('lists models until they are deleted', async () => {
      const registry = open();
      const model = aModel();
      await registry.decide(model, () => ({ answer: 0, entry: anEntry() }));
      const listed = async () =>
        (await registry.byKind<{ model: string }>('model', { limit: 1000 })).items.map((i) => i.model);
      expect(await listed()).toContain(model);
      await registry.decide(model, () => ({
        answer: 0,
        entry: anEntry({ action: 'model-deleted' }),
        head: { deleted: true },
      }));
      expect(await listed()).not.toContain(model);
    });

    it('answers copies that no caller can change for another', async () => {
      const registry = open();
      const model = aModel();
      await registry.put(model, 'A', { list: [1] });
      (await registry.get<{ list: number[] }>(model, 'A'))?.list.push(2);
      expect(await registry.get(model, 'A')).toEqual({ list: [1] });
    });
  });

  describe(`${name}, outside the ledger`, () => {
    it('lets the first writer win with putOnce', async () => {
      const registry = open();
      const model = aModel();
      const won = await Promise.all([1, 2, 3].map((n) => registry.putOnce(model, sk.result('k'), { n })));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('keeps the larger value with raise, whatever the order', async () => {
      const registry = open();
      const model = aModel();
      const days = [2, 9, 1, 5, 3].map((d) => `2026-11-0${d}T00:00:00.000Z`);
      await Promise.all(days.map((day) => registry.raise(model, sk.watermark, 'eventTime', day)));
      await registry.raise(model, sk.watermark, 'other', 'x');
      expect(await registry.get(model, sk.watermark)).toEqual({ eventTime: days[1], other: 'x' });
    });

    it('keeps beside a raised value what was said with it, and not what was said with a smaller one', async () => {
      const registry = open();
      const model = aModel();
      for (const [value, by] of [
        ['2', 'first'],
        ['3', 'second'],
        ['1', 'third'],
        ['3', 'fourth'],
      ] as const)
        await registry.raise(model, sk.watermark, 'eventTime', value, { by });
      expect(await registry.get(model, sk.watermark)).toEqual({ eventTime: '3', by: 'second' });
    });
  });
}
