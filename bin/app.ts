import { fileURLToPath } from 'node:url';
import { Annotations, App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { imageWarning, settingsOf } from '../lib/settings.ts';
import { mooringFrom } from '../lib/stacks/mooring.ts';

/** The CDK app: settings from the context, two stacks. Needs no account and no Docker. */
const app = new App();
const settings = settingsOf(app.node);
const root = fileURLToPath(new URL('..', import.meta.url));
const { platform } = mooringFrom(root, app, settings);

const warning = imageWarning(settings.trainerImage, new Date());
if (warning) Annotations.of(platform).addWarningV2('mooring:trainer-image', warning);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
