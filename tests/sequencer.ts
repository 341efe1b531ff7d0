import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute or more, longest first: begun last, it would be waited for alone. */
const LONGEST = [
  'postgres-stop.db',
  'pinned.db',
  'asking.browser',
  'faults.db',
  'app-pages.browser',
  'research.db',
  'app-jobs.browser',
  'recovery.db',
  'papers.db',
].map((name) => `${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.indexOf(path.basename(moduleId));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
