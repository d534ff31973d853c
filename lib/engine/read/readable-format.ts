import { contentIssue, type FileFormat, formatOf } from './file-format.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/**
 * The format of a file, once its first and last bytes keep what its name promises.
 *
 * @param name what people call the file
 * Throws UnreadableFileError for a name that says no format, and for bytes that are of another.
 */
export async function readableFormat(file: string, name: string): Promise<FileFormat> {
  const format = formatOf(file);
  if (format === undefined)
    throw new UnreadableFileError(
      `${name} has a name that says no format, wanted .parquet, .csv or .jsonl, the last two also with .gz or .zst`,
    );
  const issue = await contentIssue(file, file);
  if (issue !== undefined) throw new UnreadableFileError(`${name} ${issue}`);
  return format;
}
