import type { Command } from 'commander';
import type { PresetName } from '../../../lib/domain/statistics/presets/preset.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import type { ScoreRules } from '../offline/score-files.ts';
import type { Session } from '../session.ts';

interface ScoreFlags {
  readonly threshold: string;
  readonly minRows: string;
  readonly minShare: string;
  readonly ignore?: string;
  readonly preset?: string;
  readonly statistics?: boolean;
  readonly violations?: string;
}

const PRESETS: readonly PresetName[] = ['evidently', 'sagemaker', 'tfdv', 'nannyml'];

const SCORE_HELP = `
Each of the two is a Parquet, CSV or JSON Lines file (also .gz and .zst) or a profile that mooring profile wrote.
Exit codes: 0 stable or watch, 1 drifted, 2 wrong usage, 3 a file cannot be used, 5 too few rows to tell.`;

export function addScoreCommand(program: Command, session: Session): void {
  program
    .command('score')
    .description('whether a file drifted from another, column by column, without any cloud')
    .argument('<base>', 'what things should be like')
    .argument('<current>', 'what they are like')
    .option(
      '--threshold <effect>',
      'effect that counts: σ of a numeric column, Jensen-Shannon distance',
      '0.1',
    )
    .option('--min-rows <rows>', 'fewest rows of current that may be judged', '500')
    .option(
      '--min-share <share>',
      'share (0–1) of the columns that must drift for the whole to be drifted; at 0 one is enough',
      '0',
    )
    .option('--ignore <columns>', 'columns that are not judged, with commas between them')
    .option('--preset <name>', `also what another tool would say: ${PRESETS.join(', ')}`)
    .option('--violations <file>', 'with --preset sagemaker: write its constraint_violations.json')
    .option(
      '--statistics',
      'also every other statistic of each column; mooring statistics says what they are',
    )
    .addHelpText('after', SCORE_HELP)
    .action(async (base: string, current: string, flags: ScoreFlags) => {
      const rules = rulesOf(flags);
      if (flags.violations !== undefined && rules.preset !== 'sagemaker')
        throw new UsageError(`--violations needs --preset sagemaker, got ${rules.preset ?? 'none'}`);
      const { checkWritable } = await import('../offline/local-files.ts');
      await checkWritable('--violations', flags.violations);
      const { scoreFiles } = await import('../offline/score-files.ts');
      const { scoreLines } = await import('../offline/score-lines.ts');
      const report = await scoreFiles({ base, current, rules }, session.io);
      if (flags.violations !== undefined)
        await (await import('../offline/model-monitor.ts')).writeViolations(flags.violations, report.preset);
      const code = {
        drifted: EXIT.no,
        'insufficient-data': EXIT.unknown,
        stable: EXIT.done,
        watch: EXIT.done,
      };
      session.answer(report, scoreLines(report, flags.statistics), code[report.verdict]);
    });
}

function rulesOf(flags: ScoreFlags): ScoreRules {
  const { ignore, preset } = flags;
  return {
    threshold: numberOf('--threshold', flags.threshold, 1e-6, 10),
    minRows: numberOf('--min-rows', flags.minRows, 10, 1e9),
    minShareOfColumns: numberOf('--min-share', flags.minShare, 0, 1),
    ignore: ignore === undefined ? [] : ignore.split(',').map((name) => name.trim()),
    ...(preset !== undefined && { preset: presetOf(preset) }),
  };
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new UsageError(`${option} is a number from ${least} to ${most}, got ${text}`);
  return value;
}

function presetOf(name: string): PresetName {
  const preset = PRESETS.find((p) => p === name);
  if (preset === undefined) throw new UsageError(`--preset is one of ${PRESETS.join(', ')}, got ${name}`);
  return preset;
}
