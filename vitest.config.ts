import { defineConfig } from 'vitest/config';

/** Cheap and parallel: nothing outside the process but DuckDB. */
const inProcess = (name: string, include: string[]) => ({ test: { name, include, testTimeout: 30_000 } });

/** On the local cloud: one engine a file, one file at a time, after everything cheap has passed. */
const onLocalCloud = (name: string, include: string[], groupOrder: number, globalSetup: string[] = []) => ({
  test: {
    name,
    include,
    globalSetup,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally-reporter.ts'],
    projects: [
      inProcess('architecture', ['test/architecture.test.ts']),
      inProcess('unit', ['test/{domain,engine,lambdas,stores,runtime,bin,bench,local/unit}/**/*.test.ts']),
      // Loading aws-cdk-lib takes seconds: one process for all files loads it once.
      {
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          testTimeout: 30_000,
          isolate: false,
          maxWorkers: 1,
        },
      },
      onLocalCloud(
        'local',
        [
          'test/local/**/*.test.ts',
          '!test/local/unit/**',
          'test/trainer/**/*.test.ts',
          'test/contracts/**/*.test.ts',
        ],
        1,
      ),
      onLocalCloud('journey', ['test/journey/**/*.test.ts'], 2, ['./test/journey/support/assembly.ts']),
    ],
  },
});
