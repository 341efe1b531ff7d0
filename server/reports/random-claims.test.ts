import { describe, expect, it } from 'vitest';
import type { Json, Place } from '@/server/evidence/schema';
import { ClaimDraft } from './claim-draft';
import { numberClaims } from './claims';
import { evidenceId } from './hash';
import { atPointer, displayOf, pointerToken } from './places';
import type { Claim, ReportDraft } from './schema';
import { lookupIn, snapshot, type TestSnapshot } from './testing';
import { Bodies, checkClaim } from './verify';

/** Small, seeded (mulberry32), so that a failure can be met again. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const PIECES = [
    'a',
    'Z',
    '7',
    ' ',
    '\u00e9',
    '\u03b1',
    '\ud83d\ude00',
    '~',
    '/',
    '"',
    '\\',
    '&',
    '<',
  ];
  const words = (length: number) => `w${Array.from({ length }, () => pick(PIECES)).join('')}`;
  return { next, below, pick, words };
}
type Random = ReturnType<typeof randomOf>;

const ID = evidenceId('pubmed', '1');
const REPORT = {
  evidence: [{ id: ID }],
  sources: [],
  options: { indication: null },
  subject: { name: 'x' },
  versions: { app: '1', weights: '1', rdkit: '1' },
} as unknown as ReportDraft;

interface World {
  json: TestSnapshot;
  xml: TestSnapshot;
}

function worldOf(random: Random): World {
  const document: { [key: string]: Json } = {};
  for (let i = 0; i < 6; i += 1) {
    document[random.words(random.below(4))] = {
      [random.words(2)]: [random.words(5), random.below(1e6), null, random.words(9)],
    };
  }
  const xml = Array.from(
    { length: 8 },
    () =>
      `<t a="${random.below(9)}">p &lt; 0.0${random.below(99)} <i>${random.below(99)}</i> &#x3b1;</t>`,
  );
  return {
    json: snapshot('pubmed', 'https://example.org/json', document),
    xml: snapshot('pubmed', 'https://example.org/xml', `<r>${xml.join('\n')}</r>`),
  };
}

/** A place of text somewhere in the stored bodies, of any of the three forms. */
function placeIn({ json, xml }: World, random: Random): Place {
  const snapshotSha256 = json.sha256;
  const document = JSON.parse(json.text) as Record<string, Record<string, Json[]>>;
  const first = random.pick(Object.keys(document));
  const second = Object.keys(document[first] ?? {})[0] as string;
  const pointer = `/${pointerToken(first)}/${pointerToken(second)}/${random.pick([0, 3])}`;
  const value = atPointer(document, pointer) as string;
  switch (random.below(3)) {
    case 0:
      return { snapshotSha256, pointer, value };
    case 1: {
      const end = 1 + random.below(value.length);
      return { snapshotSha256, pointer, start: 0, end, quote: value.slice(0, end) };
    }
    default: {
      const [quote] = random.pick([...xml.text.matchAll(/p &lt; .*?&#x3b1;/g)]) as RegExpMatchArray;
      const start = xml.text.indexOf(quote);
      const end = start + quote.length;
      return { snapshotSha256: xml.sha256, start, end, quote, display: displayOf(quote) };
    }
  }
}

function claimOf(world: World, random: Random): Claim {
  const cite = () => ({ evidenceId: ID, place: placeIn(world, random) });
  const draft = new ClaimDraft('compound.synonyms@1').put('name', cite());
  const others = Array.from({ length: 1 + random.below(4) }, cite);
  draft.derive('synonyms', 'join@1', ...others);
  const [claim] = numberClaims([draft.build()], REPORT).claims;
  if (!claim) throw new Error('The claim could not be rendered.');
  return claim;
}

/** Everything in a claim that can be changed by one character or one unit. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

function changed(claim: Claim, path: (string | number)[], random: Random): Claim {
  const copy = structuredClone(claim);
  let holder = copy as unknown as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = path.at(-1) as string | number;
  const value = holder[last];
  if (typeof value === 'number') holder[last] = value + random.pick([-1, 1, 1000]);
  else {
    const text = String(value);
    const at = random.below(text.length);
    holder[last] = `${text.slice(0, at)}${text[at] === '!' ? '?' : '!'}${text.slice(at + 1)}`;
  }
  return copy;
}

describe('random claims', () => {
  it('hold as composed, and fail after any single change', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = randomOf(seed);
      const world = worldOf(random);
      const claim = claimOf(world, random);
      const bodies = new Bodies(lookupIn([world.json, world.xml]));
      expect(checkClaim(claim, REPORT, bodies).problems, `seed ${seed}`).toEqual([]);
      const paths = leavesOf(claim).filter(([field]) => field !== 'id' && field !== 'verdict');
      for (const path of paths) {
        const other = changed(claim, path, random);
        const { problems } = checkClaim(other, REPORT, bodies);
        expect(problems.length, `seed ${seed}: ${path.join('.')}`).toBeGreaterThan(0);
      }
    }
  });

  it('fail after any changed byte of what they cite', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = randomOf(seed);
      const world = worldOf(random);
      const claim = claimOf(world, random);
      const cited = new Set(claim.citations.map(({ snapshotSha256 }) => snapshotSha256));
      for (const target of [world.json, world.xml].filter(({ sha256 }) => cited.has(sha256))) {
        const bytes = Buffer.from(target.text);
        const at = random.below(bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
        const lookup = lookupIn([world.json, world.xml]);
        const bodies = new Bodies((sha256) =>
          sha256 === target.sha256 ? { source: 'pubmed', bytes } : lookup(sha256),
        );
        const { problems } = checkClaim(claim, REPORT, bodies);
        const named = problems.map(({ snapshotSha256 }) => snapshotSha256);
        expect(named, `seed ${seed}`).toContain(target.sha256);
      }
    }
  });
});
