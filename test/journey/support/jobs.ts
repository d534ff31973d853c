import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListTrainingJobsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { keys } from '../../../lib/names.ts';
import type { ACloud } from './a-cloud.ts';

/** The training jobs that a run has had, whatever came of them, named without the run's own id, sorted. */
export async function trainingsOf(cloud: ACloud, runId: string): Promise<readonly string[]> {
  return Object.keys(await trainingStatuses(cloud, runId)).sort();
}

/** `InProgress`, `Completed`, `Failed`, `Stopping` or `Stopped`, by the job's name without the run's own id. */
export async function trainingStatuses(
  { cloud }: ACloud,
  runId: string,
): Promise<Readonly<Record<string, string>>> {
  const client = new SageMakerClient({ endpoint: cloud.sagemaker.url });
  const wanted = new ListTrainingJobsCommand({ NameContains: runId, MaxResults: 100 });
  const { TrainingJobSummaries = [] } = await client.send(wanted);
  return Object.fromEntries(
    TrainingJobSummaries.map((job) => [
      job.TrainingJobName?.replace(`${runId}-`, ''),
      job.TrainingJobStatus ?? '',
    ]),
  );
}

/** The jobs of a run, trainings and transforms, that have put something out. */
export async function outputsOf(
  { output }: ACloud,
  model: string,
  runId: string,
): Promise<readonly string[]> {
  const Prefix = `${keys.jobOutput(model, runId)}/`;
  const listing = { Bucket: output('ArtifactsBucket'), Prefix, Delimiter: '/' };
  const { CommonPrefixes = [] } = await new S3Client({ forcePathStyle: true }).send(
    new ListObjectsV2Command(listing),
  );
  return CommonPrefixes.map(
    (folder) => folder.Prefix?.split('/').at(-2)?.replace(`${runId}-`, '') ?? '',
  ).sort();
}
