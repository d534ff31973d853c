import { CreateTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { startSageMaker } from '../../../local/sagemaker.ts';
import { aScriptJob } from './jobs.ts';

/** A program that runs a twin with one training job, for a test to kill: `node hold.ts <awsUrl> <stateDir> <python>`. */
const [awsUrl = '', stateDir = '', python = ''] = process.argv.slice(2);
const log = (line: string) => console.log(line);
const sagemaker = await startSageMaker({
  port: 0,
  stateDir,
  python,
  awsUrl,
  env: {},
  eventToken: 'none',
  log,
});
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const control = new SageMakerClient({ region: 'us-east-1', endpoint: sagemaker.url, credentials });
await control.send(new CreateTrainingJobCommand(aScriptJob('deaf')));
