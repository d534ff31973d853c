import { z } from 'zod';

/**
 * What may differ between two deployments of the same code. Each setting is a key of the CDK context
 * (`-c stage=prod`); every one has a default, so that `cdk synth` needs none.
 */

/**
 * Managed scikit-learn image for training and serving. AWS patches an image for a year; the date is the last day.
 * Source: AWS deep learning containers, "SageMaker scikit-learn: supported versions", read 2026-11-24.
 */
export const TRAINER_IMAGES = {
  'sagemaker-scikit-learn:1.9-0-cpu-py3': { endOfPatching: '2027-07-16' },
  'sagemaker-xgboost:3.2-0': { endOfPatching: '2027-05-13' },
} as const;
export type TrainerImage = keyof typeof TRAINER_IMAGES;

/** Registries that hold the managed images, by region. Same source. */
export const IMAGE_ACCOUNTS: Readonly<Record<string, string>> = {
  'af-south-1': '510948584623',
  'ap-northeast-1': '354813040037',
  'ap-northeast-2': '366743142698',
  'ap-south-1': '720646828776',
  'ap-southeast-1': '121021644041',
  'ap-southeast-2': '783357654285',
  'ca-central-1': '341280168497',
  'eu-central-1': '492215442770',
  'eu-north-1': '662702820516',
  'eu-south-1': '978288397137',
  'eu-west-1': '141502667606',
  'eu-west-2': '764974769150',
  'eu-west-3': '659782779980',
  'il-central-1': '898809789911',
  'me-south-1': '801668240914',
  'sa-east-1': '737474898029',
  'us-east-1': '683313688378',
  'us-east-2': '257758044811',
  'us-west-1': '746614075791',
  'us-west-2': '246618743249',
};

/** Retentions that CloudWatch Logs knows. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731] as const;

const instanceType = z.string().regex(/^ml\.[a-z0-9]+\.[a-z0-9]+$/, 'must look like ml.m5.large');

const settingsSchema = z
  .strictObject({
    /** Part of every name; one account may hold several. */
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,9}$/, 'must be 1 to 10 of a-z and 0-9, and start with a letter')
      .default('dev'),
    /** Where alerts and alarms are mailed; without it the topic has no subscriber. */
    alertEmail: z.email().optional(),
    /** What happens to table and buckets when their stack is deleted. */
    removalPolicy: z.enum(['retain', 'destroy']).default('retain'),
    /** Of the functions. DuckDB's native binding must match. */
    architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
    logRetentionDays: z.coerce
      .number()
      .refine((days) => LOG_RETENTION_DAYS.some((known) => known === days), {
        error: `must be one of ${LOG_RETENTION_DAYS.join(', ')}`,
      })
      .default(30),
    trainerImage: z
      .enum(Object.keys(TRAINER_IMAGES) as [TrainerImage, ...TrainerImage[]])
      .default('sagemaker-scikit-learn:1.9-0-cpu-py3'),
    trainingInstanceType: instanceType.default('ml.m5.large'),
    transformInstanceType: instanceType.default('ml.m5.large'),
    /**
     * Most parallel workers of one function that carries DuckDB. Unset on AWS: a fresh account allows ten in all and
     * refuses every reservation, and there the account's limit is the guard. A laptop pays disk and memory for each.
     */
    engineConcurrency: z.coerce.number().int().min(1).max(500).optional(),
    /**
     * Megabytes of raw data that one worker of the intake takes: smaller objects are taken together, larger Parquet objects are split by
     * row groups. More means fewer starts, less means a shorter wait.
     */
    pieceMb: z.coerce.number().min(0.001).max(2000).default(256),
    /** How often a release looks whether its endpoint is in service. */
    pollSeconds: z.coerce.number().int().min(1).max(120).default(15),
    /** How long a retired version's endpoint waits for calls on their way; predict knows aliases for at most 5 s. */
    drainSeconds: z.coerce.number().int().min(5).max(3600).default(60),
    /** How long the bucket of ledger checkpoints and certificates refuses deletion. */
    auditRetentionDays: z.coerce.number().int().min(1).max(36500).default(365),
    /** The data bucket's size that raises an alarm. */
    storageAlarmGib: z.coerce.number().min(1).default(200),
  })
  .superRefine((settings, context) => {
    if (settings.stage === 'prod' && settings.removalPolicy === 'destroy')
      context.addIssue({
        code: 'custom',
        path: ['removalPolicy'],
        message: 'destroy is refused for the stage prod; wanted retain',
      });
  });

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as readonly (keyof Settings)[];

/** Throws one sentence that names every wrong setting. */
export function parseSettings(given: Readonly<Record<string, unknown>>): Settings {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`settings of the CDK context are wrong: ${issues.join('; ')}`);
}

/** Settings from the context; names of the context that are none of ours belong to CDK and its tools. */
export function settingsOf(node: { tryGetContext(name: string): unknown }): Settings {
  const given = SETTING_NAMES.map((name) => [name, node.tryGetContext(name)] as const);
  return parseSettings(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}

const WARNING_DAYS = 60;

/** A sentence when the image's patches end soon or have ended. */
export function imageWarning(image: TrainerImage, today: Date): string | undefined {
  const { endOfPatching } = TRAINER_IMAGES[image];
  const daysLeft = Math.floor((Date.parse(endOfPatching) - today.getTime()) / 86_400_000);
  if (daysLeft >= WARNING_DAYS) return undefined;
  return daysLeft < 0
    ? `trainer image ${image} is out of patches since ${endOfPatching}; choose a newer one of lib/settings.ts`
    : `trainer image ${image} gets patches for ${daysLeft} more days, until ${endOfPatching}`;
}
