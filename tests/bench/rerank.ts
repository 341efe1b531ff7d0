/**
 * What moving a slider costs in a browser: candidates of 5,000 evidence rows, scored and ranked anew
 * with other weights, by the code of the page itself. In Node beside it, on the same processor.
 */
import path from 'node:path';
import { build } from 'esbuild';
import { rankCandidates, usualPlaces } from '@/components/candidates/ranking';
import type { Evidence } from '@/server/evidence/schema';
import { prepare, type ScoreFeatures, weightsWith } from '@/server/evidence/score';
import { about, article, trial } from '@/server/evidence/score/testing';
import { checkout } from '@/worker/cli/data-folder';
import { launchChromium } from '../chromium';
import { type Benchmark, median, quantile, round } from './measure';

const indications = 300;
const trials = 2_000;
const articles = 3_000;
const warmUp = 30;
const moves = 200;

export const run: Benchmark = async (say) => {
  const { features } = prepare(about(evidence()));
  const [inBrowser, inNode] = [await movesInBrowser(features), movesHere(features)];
  say(`  ${trials + articles} rows, ${features.candidates.length} candidates, ${moves} moves`);
  return [
    {
      name: 'Score and rank 5,000 rows in the browser, median',
      unit: 'ms',
      value: round(median(inBrowser)),
      baseline: { name: 'in Node', value: round(median(inNode)) },
      goal: { of: 'value', atMost: 16 },
      details: {
        p95: round(quantile(inBrowser, 0.95)),
        'p95 in Node': round(quantile(inNode, 0.95)),
        candidates: features.candidates.length,
      },
    },
  ];
};

/** As uneven as real molecules are: the first indications have most of the records. */
function evidence(): Evidence[] {
  const indicationOf = (i: number, of: number) => {
    const at = Math.floor(indications * (i / of) ** 2);
    return [`D9${String(at).padStart(5, '0')}`, `Invented Illness ${at}`] as const;
  };
  const one = <T>(of: readonly T[], i: number): T => of[i % of.length] as T;
  return [
    ...Array.from({ length: trials }, (_, i) =>
      trial({
        id: `NCT9${String(i).padStart(7, '0')}`,
        phases: [one(['PHASE1', 'PHASE2', 'PHASE3', 'PHASE4'], i)],
        status: one(['COMPLETED', 'RECRUITING', 'TERMINATED', 'UNKNOWN', 'COMPLETED'], i),
        role: one(['studied', 'combination', 'studied', 'comparator'], i >> 2),
        conditions: [indicationOf(i, trials), indicationOf((i * 7) % trials, trials)],
        ...(i % 5 === 0 ? { p: one(['0.01', '0.4'], i / 5) } : {}),
      }),
    ),
    ...Array.from({ length: articles }, (_, i) =>
      article({
        id: String(90_000_000 + i),
        about: indicationOf(i, articles),
        level: one(['L1', 'L2', 'L3', 'L5', null], i),
        says: one(['for', 'against', 'nothing'], i >> 1),
      }),
    ),
  ];
}

const weightsAt = (move: number) => weightsWith({ 'phase.2': (move % 20) / 10 });

function movesHere(features: ScoreFeatures): number[] {
  const usual = usualPlaces(features);
  const took: number[] = [];
  for (let move = -warmUp; move < moves; move++) {
    const startedAt = performance.now();
    rankCandidates(features, weightsAt(move + warmUp), usual);
    if (move >= 0) took.push(performance.now() - startedAt);
  }
  return took;
}

async function movesInBrowser(features: ScoreFeatures): Promise<number[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.evaluate(await pageCode());
    return await page.evaluate(
      ({ json, warmUp, moves }) => {
        const features = JSON.parse(json) as ScoreFeatures;
        const { rankCandidates, usualPlaces, weightsWith } = (
          globalThis as unknown as { code: PageCode }
        ).code;
        const usual = usualPlaces(features);
        const took: number[] = [];
        for (let move = -warmUp; move < moves; move++) {
          const weights = weightsWith({ 'phase.2': ((move + warmUp) % 20) / 10 });
          const startedAt = performance.now();
          rankCandidates(features, weights, usual);
          if (move >= 0) took.push(performance.now() - startedAt);
        }
        return took;
      },
      { json: JSON.stringify(features), warmUp, moves },
    );
  } finally {
    await browser.close();
  }
}

interface PageCode {
  rankCandidates: typeof rankCandidates;
  usualPlaces: typeof usualPlaces;
  weightsWith: typeof weightsWith;
}

/** The screen's own ranking, bundled and shortened as for the page. */
async function pageCode(): Promise<string> {
  const bundled = await build({
    stdin: {
      contents: `
        export { rankCandidates, usualPlaces } from '@/components/candidates/ranking';
        export { weightsWith } from '@/server/evidence/score/weights';`,
      resolveDir: checkout,
    },
    alias: { '@': checkout },
    tsconfig: path.join(checkout, 'tsconfig.json'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'code',
    write: false,
  });
  // Declared by the bundle with `var`, which a function's scope would keep from the page.
  return `${bundled.outputFiles[0]?.text};globalThis.code = code;`;
}
