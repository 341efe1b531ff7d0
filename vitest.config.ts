import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/sequencer';

const exclude = ['**/node_modules/**', '**/.next/**', '**/.phial/**'];

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    // Most of what takes long waits for other processes, so more files than cores are under way.
    maxWorkers: 3,
    // Test files share no state, and loading modules anew for each would take much of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // What comes about by itself comes late on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './tests/reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 60_000,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts', '**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          globalSetup: ['./tests/database.ts', './tests/worker-build.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          exclude,
          globalSetup: ['./tests/web-build.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // After all others: each is a whole Phial with a browser before it.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
    ],
  },
});
