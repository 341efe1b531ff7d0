/** Files that evaluations read and write; what cannot be is told by its name. */
import { readFile, writeFile } from 'node:fs/promises';
import { CommandError } from '../command-error';

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${reason(error)}`, 1, { cause: error });
  }
}

export async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${reason(error)}`, 1, { cause: error });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
