/**
 * Every Lambda of the platform, by the folder in `lambdas/` that holds its `handler.ts`.
 * Memory also buys processor share (1,769 MB is one vCPU).
 */
export interface FunctionTraits {
  /** Carries DuckDB's native binding in its asset. */
  readonly engine: boolean;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** MiB of `/tmp`; 512 is free. */
  readonly scratchMb?: number;
}

const small = (timeoutSeconds: number): FunctionTraits => ({ engine: false, memoryMb: 256, timeoutSeconds });

export const FUNCTIONS = {
  // An HTTP API gives up after 30 s; predict answers within 25.
  api: { engine: true, memoryMb: 1024, timeoutSeconds: 29 },
  predict: { engine: true, memoryMb: 1769, timeoutSeconds: 27 },
  'authorize-request': { engine: false, memoryMb: 512, timeoutSeconds: 5 },
  'issue-token': small(15),
  'publish-ledger': small(60),
  'republish-ledger': small(240),
  'start-execution': small(30),
  'close-run': small(120),
  'guard-retrain': small(60),
  'sync-schedules': small(60),
  'write-predictions': { engine: false, memoryMb: 512, timeoutSeconds: 60 },
  'write-labels': { engine: false, memoryMb: 512, timeoutSeconds: 60 },
  // It reads the first piece, as the worker of that piece does.
  'open-intake': { engine: true, memoryMb: 1769, timeoutSeconds: 900, scratchMb: 10_240 },
  // One thread, so one vCPU; `npm run bench -- capacity` measures 0.4 GB for ten million rows of twelve columns.
  'profile-object': { engine: true, memoryMb: 1769, timeoutSeconds: 900, scratchMb: 10_240 },
  'merge-profiles': { engine: false, memoryMb: 1024, timeoutSeconds: 120 },
  'judge-dataset': { engine: false, memoryMb: 1024, timeoutSeconds: 120 },
  'prepare-data': { engine: true, memoryMb: 3008, timeoutSeconds: 900, scratchMb: 10_240 },
  'record-result': small(30),
  'evaluate-run': { engine: true, memoryMb: 3008, timeoutSeconds: 600, scratchMb: 4096 },
  'deploy-endpoint': small(60),
  'smoke-test': { engine: false, memoryMb: 512, timeoutSeconds: 120 },
  'promote-version': small(60),
  'delete-endpoint': small(60),
  // It lists a day's log: 1,000 objects in about 60 ms, and 250 bytes each.
  'plan-windows': { engine: false, memoryMb: 1024, timeoutSeconds: 600 },
  'compact-log': { engine: true, memoryMb: 3008, timeoutSeconds: 600, scratchMb: 4096 },
  'merge-day': { engine: false, memoryMb: 1024, timeoutSeconds: 600 },
  'score-window': { engine: false, memoryMb: 1024, timeoutSeconds: 120 },
  'measure-quality': { engine: true, memoryMb: 3008, timeoutSeconds: 600, scratchMb: 4096 },
  'route-causes': { engine: false, memoryMb: 1769, timeoutSeconds: 120 },
  'export-window': { engine: true, memoryMb: 3008, timeoutSeconds: 600, scratchMb: 4096 },
  'raise-signal': small(60),
  'retire-version': small(60),
} as const satisfies Readonly<Record<string, FunctionTraits>>;

export type FunctionName = keyof typeof FUNCTIONS;
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];
