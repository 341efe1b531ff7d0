/** Whether answers cite the right sentences, and keep silent where the papers do. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { answerDraft } from '@/server/search';
import { CommandError } from '../command-error';
import {
  type LoadedCollection,
  type Query,
  readCorpus,
  readLines,
  readQueries,
  withCollection,
} from './collection';
import { readText, writeText } from './files';
import { auroc, type Judgements, mean, pairedInterval, parseJudgements } from './ranking';

const USAGE = 2;
const usage = 'phial eval answers --dir DIR [--out FILE] [--data DIR]';

const FIRST = [1, 3, 5, 10] as const;
const COVERAGES = [0.2, 0.4, 0.6, 0.8, 1] as const;

interface Claim extends Query {
  label: string;
  gold: { document: string; text: string }[];
}

/**
 * On a folder in the form of ../shared/eval/scifact: the share of test claims with a gold sentence among
 * the first citations; and how well support tells a claim from the same claim with its judged documents
 * taken out: of every other training claim (the other half chose the threshold), and of the test claims
 * that have gold sentences, whose documents are known to hold the answer.
 */
export async function run(
  args: string[],
  { dataDir }: { dataDir: string | null },
): Promise<number> {
  const { dir, out } = parse(args);
  const at = (name: string) => path.join(dir, name);
  const claims = await readClaims(at('evidence.jsonl'), await readQueries(at('queries.jsonl')));
  const training = await readQueries(at('queries.train.jsonl'));
  const [judged, judgedForTest] = await Promise.all(
    ['qrels.train.tsv', 'qrels.tsv'].map(async (name) => parseJudgements(await readText(at(name)))),
  );
  const documents = await readCorpus(dir);
  const held = training
    .filter(({ id }) => judged!.has(id))
    .sort((a, b) => Number(a.id) - Number(b.id))
    .filter((_, i) => i % 2 === 1);
  const answered = claims.filter(({ gold }) => gold.length > 0);
  const figures = await withCollection(documents, dataDir, async (collection) => ({
    ...(await measureCitations(collection, claims)),
    ...(await measureAbstention(collection, held, judged!, 'training claims held out')),
    ...(await measureAbstention(collection, answered, judgedForTest!, 'test claims with gold')),
  }));
  for (const [name, value] of Object.entries(figures)) {
    process.stdout.write(`${name}: ${typeof value === 'number' ? value.toFixed(3) : value}\n`);
  }
  if (out) await writeText(out, `${JSON.stringify(figures, null, 2)}\n`);
  return 0;
}

type Figures = Record<string, number | string>;

async function measureCitations(
  { ctx, documentOf, signal }: LoadedCollection,
  claims: readonly Claim[],
): Promise<Figures> {
  const ranks: number[] = [];
  const silent: Record<string, boolean[]> = {};
  for (const claim of claims) {
    signal.throwIfAborted();
    const draft = await answerDraft({ ctx, input: { question: claim.text, limit: 10 } });
    silent[claim.label] ??= [];
    silent[claim.label]!.push(draft.picked.length === 0);
    if (claim.gold.length === 0) continue;
    const rank = draft.nearest.findIndex(({ paperId, citations }) => {
      const quote = citations.map((c) => c.quote).join(' ');
      return claim.gold.some(
        ({ document, text }) => document === documentOf.get(paperId) && isSameSentence(quote, text),
      );
    });
    ranks.push(rank < 0 ? Number.POSITIVE_INFINITY : rank + 1);
  }
  const figures: Figures = { 'claims with gold sentences': ranks.length };
  for (const first of FIRST) {
    const hits = ranks.map((rank) => (rank <= first ? 1 : 0));
    const { low, high } = pairedInterval(hits);
    figures[`gold sentence among the first ${first}`] = mean(hits);
    // Weights of sentences were chosen on the first, third, fifth … of these claims.
    figures[`gold sentence among the first ${first}, other half`] = mean(
      hits.filter((_, i) => i % 2 === 1),
    );
    figures[`95 % interval of the first ${first} (bootstrap)`] =
      `${low.toFixed(3)} to ${high.toFixed(3)}`;
  }
  for (const [label, is] of Object.entries(silent)) {
    figures[`no answer to claims marked ${label}`] = mean(is.map(Number));
  }
  return figures;
}

/** Splitters differ over a heading or a blank: one holds the other and more than half of it. */
function isSameSentence(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => text.replace(/\s+/g, ' ').trim().toLowerCase());
  if (!x || !y || !(x.includes(y) || y.includes(x))) return false;
  return Math.min(x.length, y.length) / Math.max(x.length, y.length) > 0.5;
}

async function measureAbstention(
  { ctx, documentOf, signal }: LoadedCollection,
  claims: readonly Query[],
  judged: Judgements,
  which: string,
): Promise<Figures> {
  const paperOf = new Map([...documentOf].map(([paper, document]) => [document, paper]));
  const answerable: number[] = [];
  const unanswerable: number[] = [];
  let threshold = 0;
  for (const { id, text } of claims) {
    signal.throwIfAborted();
    const exceptPaperIds = [...(judged.get(id) ?? [])]
      .filter(([, score]) => score > 0)
      .flatMap(([document]) => paperOf.get(document) ?? []);
    const [whole, without] = [
      await answerDraft({ ctx, input: { question: text } }),
      await answerDraft({ ctx, input: { question: text, filter: { exceptPaperIds } } }),
    ];
    answerable.push(whole.support ?? 0);
    unanswerable.push(without.support ?? 0);
    threshold = whole.threshold;
  }
  const answered = (of: number[]) => mean(of.map((s) => (s >= threshold ? 1 : 0)));
  const bySupport = [
    ...answerable.map((support) => ({ support, wrong: 0 })),
    ...unanswerable.map((support) => ({ support, wrong: 1 })),
  ].sort((a, b) => b.support - a.support);
  const risk = COVERAGES.map((coverage) => {
    const kept = bySupport.slice(0, Math.round(coverage * bySupport.length));
    return `${coverage} → ${mean(kept.map((k) => k.wrong)).toFixed(3)}`;
  });
  return {
    threshold,
    [which]: claims.length,
    [`AUROC of support, ${which}`]: auroc(answerable, unanswerable),
    [`answered with their documents, ${which}`]: answered(answerable),
    [`answered without them, ${which}`]: answered(unanswerable),
    [`risk at coverage, ${which}`]: risk.join(', '),
  };
}

async function readClaims(file: string, queries: readonly Query[]): Promise<Claim[]> {
  const textOf = new Map(queries.map(({ id, text }) => [id, text]));
  return readLines(await readText(file), file).map(({ where, record }) => {
    const id = String(record.query_id);
    const text = textOf.get(id);
    if (text === undefined) throw new CommandError(`${where}: there is no query ${id}.`);
    const evidence = (record.evidence ?? []) as { doc_id: string | number; text: string[] }[];
    return {
      id,
      text,
      label: String(record.label),
      gold: evidence.flatMap(({ doc_id, text: sentences }) =>
        sentences.map((sentence) => ({ document: String(doc_id), text: sentence })),
      ),
    };
  });
}

function parse(args: string[]): { dir: string; out: string | undefined } {
  let values: { dir?: string; out?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { dir: { type: 'string' }, out: { type: 'string' } },
    }));
  } catch (error) {
    throw new CommandError(`${usage}: ${error instanceof Error ? error.message : error}`, USAGE);
  }
  if (!values.dir) throw new CommandError(`${usage}: name the collection's folder.`, USAGE);
  return { dir: values.dir, out: values.out };
}
