import type { Construct } from 'constructs';
import type { FunctionName } from './function-table.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';
import type { Storage } from './storage.ts';

/** What every pipeline is handed. */
export interface PipelineProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly closeRun: PlatformFunction;
}

/** Makes the functions of a pipeline; `open-intake` becomes the construct `OpenIntake`. */
export function verbsOf(scope: Construct, defaults: FunctionDefaults) {
  return (name: FunctionName): PlatformFunction =>
    new PlatformFunction(scope, pascalCase(name), { ...functionDefaults(defaults), name });
}

/** Only what functions share, so that a pipeline's other props do not reach them. */
function functionDefaults(props: FunctionDefaults): FunctionDefaults {
  const { code, stage, architecture, logRetentionDays, engineConcurrency } = props;
  return { code, stage, architecture, logRetentionDays, engineConcurrency };
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
