import { z } from 'zod';
import { ENV, PIPELINES } from '../names.ts';

const json = z.string().transform((text, ctx) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});
const text = z.string().min(1);
const arn = z.string().startsWith('arn:');

/** What each variable holds once read; the names of the variables are in `lib/names.ts`. */
const shapes = {
  artifactsBucket: text,
  auditBucket: text,
  consoleUrl: z.url(),
  dataBucket: text,
  eventBus: text,
  /** Function name (a folder of `lambdas/`) to ARN. */
  functionArns: json.pipe(z.record(z.string(), arn)),
  labelQueueUrl: z.url(),
  landingBucket: text,
  modelRoleArn: arn,
  /** Bytes of data that one worker takes, in units of 1,000,000. */
  pieceMb: z.coerce.number().positive(),
  predictionQueueUrl: z.url(),
  release: text,
  scheduleGroup: text,
  scheduleRoleArn: arn,
  stage: text,
  stateMachineArns: json.pipe(z.partialRecord(z.enum(PIPELINES), arn)),
  table: text,
  trainerImage: text,
  trainingInstanceType: text,
  transformInstanceType: text,
} satisfies Record<keyof typeof ENV, z.ZodType>;

type Variables = { readonly [K in keyof typeof shapes]: z.output<(typeof shapes)[K]> };

/**
 * The named variables, validated. Call it while the module loads, so that a function that is wired wrongly fails at
 * its cold start and not at its first rare branch. The only reader of `process.env` in the functions.
 *
 * @throws Error that names every variable which is missing or malformed, without its value
 * @example environment('table', 'dataBucket').table // 'Mooring-State-Registry'
 */
export function environment<K extends keyof typeof shapes>(...names: readonly K[]): Pick<Variables, K> {
  const problems: string[] = [];
  const values = names.map((name) => {
    const read = shapes[name].safeParse(process.env[ENV[name]]);
    if (!read.success) problems.push(`${ENV[name]}: ${read.error.issues.map((i) => i.message).join(', ')}`);
    return [name, read.data];
  });
  if (problems.length > 0) throw new Error(`the environment is not usable: ${problems.join('; ')}`);
  return Object.fromEntries(values) as Pick<Variables, K>;
}
