import { describe, expect, it } from 'vitest';
import { IMAGE_ACCOUNTS, imageWarning, parseSettings, TRAINER_IMAGES } from '../../lib/settings.ts';

describe('settings', () => {
  it('need nothing from the context', () => {
    expect(parseSettings({})).toMatchObject({
      stage: 'dev',
      removalPolicy: 'retain',
      architecture: 'x86_64',
    });
  });

  it('reads numbers from the command line, where everything is text', () => {
    expect(parseSettings({ pollSeconds: '5', logRetentionDays: '14' })).toMatchObject({
      pollSeconds: 5,
      logRetentionDays: 14,
    });
  });

  it('refuses to destroy production', () => {
    expect(() => parseSettings({ stage: 'prod', removalPolicy: 'destroy' })).toThrow(
      'removalPolicy: destroy is refused for the stage prod; wanted retain',
    );
  });

  it('names every setting that is wrong', () => {
    const wrong = () =>
      parseSettings({ stage: 'My Stage', alertEmail: 'nobody', pollSeconds: 0, logRetentionDays: 2 });
    for (const name of ['stage', 'alertEmail', 'pollSeconds', 'logRetentionDays'])
      expect(wrong).toThrow(new RegExp(`${name}: `));
  });
});

describe('the trainer image', () => {
  const image = 'sagemaker-scikit-learn:1.9-0-cpu-py3';
  const end = Date.parse(TRAINER_IMAGES[image].endOfPatching);
  const daysBefore = (days: number) => new Date(end - days * 86_400_000);

  it('warns sixty days before its patches end, and not earlier', () => {
    expect(imageWarning(image, daysBefore(60))).toBeUndefined();
    expect(imageWarning(image, daysBefore(59))).toContain('59 more days, until 2027-07-16');
  });

  it('says when it is out of patches', () => {
    expect(imageWarning(image, daysBefore(-1))).toContain('out of patches since 2027-07-16');
  });

  it('is known in twenty regions by accounts of twelve digits', () => {
    expect(Object.keys(IMAGE_ACCOUNTS)).toHaveLength(20);
    for (const account of Object.values(IMAGE_ACCOUNTS)) expect(account).toMatch(/^\d{12}$/);
  });
});
