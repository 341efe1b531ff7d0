/** Builds the worker once for all tests that start it as a process. */
export { buildWorker as default } from '@/worker/cli/worker-build';
