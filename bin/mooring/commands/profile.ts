import type { Command } from 'commander';
import { UsageError } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

interface ProfileFlags {
  readonly out?: string;
  readonly like?: string;
  readonly statistics?: string;
}

export function addProfileCommand(program: Command, session: Session): void {
  program
    .command('profile')
    .description(
      'what a local file is like, without any cloud: Parquet, CSV or JSON Lines, also .gz and .zst',
    )
    .argument('<file>')
    .option('--out <profile>', 'write the profile, a .json or .json.gz that mooring score reads')
    .option('--like <profile>', 'count under the cuts of that profile, so that the two can be scored')
    .option('--statistics <file>', 'write the same as a statistics.json of Model Monitor')
    .action((file: string, flags: ProfileFlags) => profile(file, flags, session));
}

async function profile(
  file: string,
  { out, like, statistics }: ProfileFlags,
  { io, answer }: Session,
): Promise<void> {
  const { isProfileName, writeProfile } = await import('../offline/profile-document.ts');
  const { checkWritable } = await import('../offline/local-files.ts');
  const { profileOf } = await import('../offline/profile-path.ts');
  const { columnRow, COLUMN_HEADINGS, rowsText } = await import('../offline/column-row.ts');
  if (out !== undefined && !isProfileName(out))
    throw new UsageError(`--out names a .json or .json.gz file, got ${out}`);
  await checkWritable('--out', out);
  await checkWritable('--statistics', statistics);
  const cuts = like === undefined ? undefined : (await profileOf(like, io)).binning;
  const found = await profileOf(file, io, cuts);
  if (out !== undefined) await writeProfile(out, found);
  if (statistics !== undefined)
    await (await import('../offline/model-monitor.ts')).writeStatistics(statistics, found);
  const { rows, rejectedRows, columns } = found.profile;
  const { row, reason } = found.firstBroken ?? {};
  const which = row === undefined ? '' : `; the first, row ${row}: ${reason}`;
  const broken = rejectedRows === 0 ? '' : `, and ${rejectedRows} broken${which}`;
  const said = [out, statistics].filter((name) => name !== undefined).map((name) => `written to ${name}`);
  const listed = table(
    COLUMN_HEADINGS,
    Object.entries(columns).map(([name, column]) => columnRow(name, column)),
  );
  answer(found, [`${file}: ${rowsText(rows)}${broken}`, ...listed, ...said]);
}
