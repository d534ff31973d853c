import { readFile, writeFile } from 'node:fs/promises';
import type { SchemaProposal } from '../../../lib/domain/constraints/schema-proposal.ts';
import type { PresetReport } from '../../../lib/domain/drift/preset-report.ts';
import { constraintsDocument } from '../../../lib/domain/model-monitor/constraints-document.ts';
import { proposeFromConstraints } from '../../../lib/domain/model-monitor/propose-constraints.ts';
import { statisticsDocument } from '../../../lib/domain/model-monitor/statistics-document.ts';
import { violationsDocument } from '../../../lib/domain/model-monitor/violations-document.ts';
import { FileError, type ProfileDocument } from './profile-document.ts';

/**
 * The schema that a constraints.json of SageMaker Model Monitor asks for.
 *
 * @throws FileError for what is no such document
 */
export async function proposalOf(path: string): Promise<SchemaProposal> {
  const { data, error } = constraintsDocument.safeParse(parsed(await readFile(path, 'utf8'), path));
  if (data !== undefined) return proposeFromConstraints(data);
  const issue = error.issues[0];
  throw new FileError(
    `${path} is no constraints.json of Model Monitor: ${issue?.path.join('.') || 'its content'}: ${issue?.message}`,
  );
}

/** A profile as a statistics.json of SageMaker Model Monitor. */
export async function writeStatistics(
  path: string,
  { profile, binning }: Omit<ProfileDocument, 'kind'>,
): Promise<void> {
  await writeFile(path, `${JSON.stringify(statisticsDocument(profile, binning), undefined, 2)}\n`);
}

/** What the preset sagemaker found, as a constraint_violations.json. */
export async function writeViolations(path: string, preset: PresetReport | undefined): Promise<void> {
  await writeFile(path, `${JSON.stringify(violationsDocument([], preset), undefined, 2)}\n`);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileError(`${path} is no JSON, against its name`);
  }
}
