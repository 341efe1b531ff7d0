/** Counts for the closing line of `npm test`, and the reason of every skip. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export default class CountingReporter implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 };

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'pending') return;
    this.counts[result.state] += 1;
    if (result.state === 'skipped') {
      const reason = result.note ?? 'no reason given';
      process.stdout.write(`skipped: ${test.fullName} (${reason})\n`);
    }
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that cannot be loaded has no test to count.
    if (module.state() === 'failed' && module.children.size === 0) this.counts.failed += 1;
  }

  onTestRunEnd(): void {
    const file = process.env.PHIAL_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(this.counts));
  }
}
