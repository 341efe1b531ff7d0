import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validate } from '@readme/openapi-parser';
import { generateApi } from 'swagger-typescript-api';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './document';
import { TAGS } from './route';
import { OPERATIONS, operationsAt } from './routes';

const copy = () => JSON.parse(JSON.stringify(openApiDocument('1.2.3')));

describe("the API's document", () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await validate(copy());
    expect(result.valid ? [] : result.errors).toEqual([]);
    expect(copy().openapi).toBe('3.1.0');
  });

  it('describes every operation once, under a tag it explains', () => {
    const addresses = OPERATIONS.map(({ method, path: at }) => `${method} ${at}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(copy().tags.map((tag: { name: string }) => tag.name)).toEqual(TAGS);
    const ids = Object.values(copy().paths as Record<string, Record<string, never>>)
      .flatMap((operations) => Object.values(operations))
      .map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds plain addresses before patterns', () => {
    expect(operationsAt('/jobs/counts')[0]?.operation.procedure).toBe('jobs.counts');
    expect(operationsAt('/jobs/7')[0]).toMatchObject({ values: { jobId: '7' } });
    expect(operationsAt('/nowhere')).toEqual([]);
  });

  it('gives a client that compiles', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'phial-client-'));
    try {
      const { files } = await generateApi({ spec: copy(), silent: true, output: false });
      const [client] = files;
      expect(client?.fileContent).toContain('jobsList');
      writeFileSync(path.join(folder, 'client.ts'), client!.fileContent);
      const tsc = path.resolve('node_modules', '.bin', 'tsc');
      const flags = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
      const compiled = spawnSync(
        tsc,
        [
          ...flags,
          '--module',
          'esnext',
          '--moduleResolution',
          'bundler',
          '--types',
          '',
          'client.ts',
        ],
        { cwd: folder, encoding: 'utf8' },
      );
      expect(compiled.stdout + compiled.stderr).toBe('');
      expect(compiled.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
