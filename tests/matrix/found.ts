/** What there is to ask, read from the files themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../system/phial';

export const files: string[] = readdirSync(path.join(root, 'app'), { recursive: true })
  .map((file) => path.join('app', String(file)))
  .filter((file) => /\.tsx?$/.test(file));

const sourceOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

export const moduleOf = (file: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ path.join(root, file));

/** `file#name` of every server action. */
export const actions: string[] = files
  .filter((file) => /^\s*'use server'/m.test(sourceOf(file)))
  .flatMap((file) =>
    [...sourceOf(file).matchAll(/export (?:async function|const) (\w+)/g)].map(
      ([, name]) => `${file}#${name}`,
    ),
  );

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** `METHOD file` of every HTTP route. */
export async function routes(): Promise<string[]> {
  const all = [];
  for (const file of files.filter((name) => name.endsWith('/route.ts'))) {
    const handlers = await moduleOf(file);
    for (const method of METHODS) if (method in handlers) all.push(`${method} ${file}`);
  }
  return all;
}
