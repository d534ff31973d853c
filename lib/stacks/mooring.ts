import { type App, Tags } from 'aws-cdk-lib';
import { type FunctionCode, withBundledFunctions } from '../constructs/function-code.ts';
import type { Settings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';
import { StateStack } from './state-stack.ts';

/** One deployment of Mooring in an app: state that stays and a platform that can be replaced. */
export function mooring(app: App, settings: Settings, code: FunctionCode) {
  const state = new StateStack(app, 'State', settings);
  const platform = new PlatformStack(app, 'Platform', { settings, state, code });
  Tags.of(app).add('mooring:stage', settings.stage);
  return { state, platform };
}

/** The same from the repository at `root`, whose handlers are bundled here and now. */
export function mooringFrom(root: string, app: App, settings: Settings) {
  const { architecture } = settings;
  return withBundledFunctions({ root, architecture }, (code) => mooring(app, settings, code));
}
