import { describe, expect, it } from 'vitest';
import { aWorld, withModel } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

describe('a word that is none of the choices', () => {
  it.each([
    ['kill-switch', 'churn', 'ON', '--reason', 'a drill'],
    ['kill-switch', 'churn', 'maybe', '--reason', 'a drill'],
    ['windows', 'churn', '--kind', 'drfit'],
    ['incidents', 'churn', '--status', 'opened'],
    ['lineage', 'version', 'churn/1', '--direction', 'up'],
    ['lineage', 'verison', 'churn/1'],
    ['tokens', 'issue', 'ada', '--role', 'king'],
  ])('is wrong usage: %s %s %s %s %s', async (...args) => {
    const world = await withModel(aWorld());
    const { run, err } = anApiTerminal(world);
    expect(await run(...args)).toBe(2);
    expect(err.join('')).toMatch(/Allowed choices are/);
    expect((await world.registry.head('churn'))?.killSwitch).toBe(false);
  });

  it('leaves the kill switch as it is, and both words set it', async () => {
    const world = await withModel(aWorld());
    const { run, out } = anApiTerminal(world);
    const set = async (state: string) => {
      expect(await run('kill-switch', 'churn', state, '--reason', 'a drill')).toBe(0);
      return out.at(-1);
    };
    expect(await set('on')).toBe('the kill switch of churn is on');
    expect(await set('off')).toBe('the kill switch of churn is off');
  });
});
