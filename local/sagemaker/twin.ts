import type { Launch } from './launch.ts';
import type { Objects } from './objects.ts';

/** What every resource kind works with. Records live in memory only and end with the process. */
export type Twin = {
  readonly workFolder: string;
  readonly launch: Launch;
  readonly objects: Objects;
  readonly stopGraceMs: { readonly training: number; readonly server: number };
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly emit: (detailType: string, arn: string, detail: object) => void;
  readonly log: (line: string) => void;
};

/** One action of the control plane; `input` is the parsed JSON body, validated by the action itself. */
export type Action = (input: never) => object | Promise<object>;

export type ResourceKind = {
  readonly actions: Readonly<Record<string, Action>>;
  /** Ends everything that runs. */
  readonly stop: () => Promise<void>;
};

export const epochSeconds = (nowMs: number) => nowMs / 1000;
