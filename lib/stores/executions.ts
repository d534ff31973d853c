import type { PipelineName } from '../names.ts';

export interface Executions {
  /** Starts `name` (at most 80 characters) and answers its ARN; one of that name that exists already is success. */
  start(pipeline: PipelineName, name: string, input: object): Promise<string>;
}
