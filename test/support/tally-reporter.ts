import type { Reporter, TestModule } from 'vitest/node';

/** Ends every run with one plain line, `N passed, N failed`, that any reader of the output can find. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((t) => t.result().state === 'passed').length;
      const broken = tests.filter((t) => t.result().state === 'failed').length;
      // A file that cannot be loaded, or whose set-up throws, has no failed test of its own.
      failed += broken === 0 && module.state() === 'failed' ? 1 : broken;
    }
    process.on('exit', () => process.stdout.write(`\n${passed} passed, ${failed} failed\n`));
  }
}
