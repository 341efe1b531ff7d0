/** `phial eval SET …`: measures a part of Phial on labelled data. */
import { CommandError } from './command-error';

const USAGE = 2;

/** What `worker/cli/eval/<set>.ts` exports. */
interface Evaluation {
  run(args: string[], options: { dataDir: string | null }): Promise<number>;
}

const sets: readonly string[] = ['stop-reasons', 'retrieval', 'answers', 'pdf'];

/** Exit code 0: written; 1: a file cannot be read or written; 2: asked in a way nobody can answer. */
export async function run(
  args: string[],
  options: { dataDir: string | null } = { dataDir: null },
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || !sets.includes(name)) {
    throw new CommandError(`phial eval SET …: name one of the sets ${sets.join(', ')}.`, USAGE);
  }
  const evaluation = (await import(`./eval/${name}.ts`)) as Evaluation;
  return evaluation.run(rest, options);
}
