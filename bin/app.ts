import { fileURLToPath } from 'node:url';
import { Annotations, App } from 'aws-cdk-lib';
import { imageWarning, settingsOf } from '../lib/settings.ts';
import { mooringFrom } from '../lib/stacks/mooring.ts';

/** The CDK app: settings from the context, two stacks. Needs no account and no Docker. */
const app = new App();
const settings = settingsOf(app.node);
const root = fileURLToPath(new URL('..', import.meta.url));
const { platform } = mooringFrom(root, app, settings);

const warning = imageWarning(settings.trainerImage, new Date());
if (warning) Annotations.of(platform).addWarningV2('mooring:trainer-image', warning);
