import { describe, expect, it } from 'vitest';
import { errorOf } from '../../../bin/mooring/api-error.ts';
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

describe('a number, a file or an address that is none', () => {
  it.each([
    [['watch', 'churn', 'run-1', '--timeout', 'abc'], /must be a whole number/],
    [['monitor', 'churn', '--timeout', '1.5'], /must be a whole number/],
    [['release', 'churn', 'v3', '--reason', 'again'], /must be a whole number/],
    [['ledger', 'show', 'churn', '--after', 'x'], /must be a whole number/],
    [['lineage', 'run', 'churn/r', '--depth', '-1'], /must be a whole number/],
    [['apply', '/nowhere/model.yaml'], /^mooring: \/nowhere\/model.yaml is not there\n$/],
    [['upload', 'churn', '/nowhere/a.csv'], /a.csv is not there/],
    [['predict', 'churn', import.meta.dirname], /must be a file, and is a folder/],
    [['models', '--url', 'api'], /must be like https:\/\/api.example.com, got api/],
  ] as const)('is wrong usage: %j', async (args, said) => {
    const { run, err } = anApiTerminal(await withModel(aWorld()));
    expect(await run(...args)).toBe(2);
    expect(err.join('')).toMatch(said);
  });
});

describe('errorOf', () => {
  it('says of the refusal of a gateway that the token is wrong', () => {
    for (const [status, message] of [
      [403, 'Forbidden'],
      [401, 'Unauthorized'],
    ] as const)
      expect(errorOf(status, { message })).toMatchObject({
        status,
        code: 'unauthenticated',
        message: expect.stringContaining('the token is not accepted'),
      });
    expect(errorOf(502, { message: 'Bad Gateway' }).message).toBe('the API answered 502: Bad Gateway');
  });
});
