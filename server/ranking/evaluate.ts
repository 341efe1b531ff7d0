import { scoreOf } from './features';
import { train } from './model';
import type { Propensity } from './propensity';
import { randomFrom } from './random';
import type { Session } from './session';

/** Weights, or null for the usual order. */
export type Order = readonly number[] | null;

export interface Lift {
  /** nDCG of the order, and of what it was compared with. */
  ndcg: number;
  base: number;
  /** The difference, with its 95 % bootstrap interval. */
  mean: number;
  low: number;
  high: number;
}

const FOLDS = 3;
const RESAMPLES = 400;

/**
 * Orders items by their score, what one must be careful with before the others, as lists show them;
 * without weights they stay as they are.
 */
export function ordered<T extends { features: readonly number[]; isAlarm?: boolean }>(
  items: readonly T[],
  order: Order,
): T[] {
  if (!order) return [...items];
  return items
    .map((item, at) => ({ item, at, score: scoreOf(order, item.features) }))
    .sort(
      (a, b) =>
        Number(b.item.isAlarm ?? false) - Number(a.item.isAlarm ?? false) ||
        b.score - a.score ||
        a.at - b.at,
    )
    .map(({ item }) => item);
}

/**
 * Discounted cumulative gain of a list of gains as it stands. Järvelin and Kekäläinen 2002
 * (doi 10.1145/582415.582418).
 */
const dcg = (gains: readonly number[]) =>
  gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
const idealDcg = (gains: readonly number[]) => dcg([...gains].sort((a, b) => b - a));

/** DCG as a share of the best that is possible; null where nothing is gained. */
export function ndcg(gains: readonly number[]): number | null {
  const ideal = idealDcg(gains);
  return ideal === 0 ? null : dcg(gains) / ideal;
}

/** What one list gains in an order and in another, and at best. */
interface Judged {
  voter: string;
  gained: number;
  base: number;
  ideal: number;
}

/**
 * Gains are up-votes, each counted for those that its position kept from being cast. They are not
 * normalised list by list: where a list has a single vote, that would undo the counting.
 */
function judge(session: Session, order: Order, base: Order, propensity: Propensity): Judged {
  const items = session.items.map((item) => ({
    ...item,
    gain: item.vote === 1 ? 1 / propensity(item.position) : 0,
  }));
  const gains = (by: Order) => ordered(items, by).map(({ gain }) => gain);
  return {
    voter: session.voter,
    gained: dcg(gains(order)),
    base: dcg(gains(base)),
    ideal: idealDcg(items.map(({ gain }) => gain)),
  };
}

/** How much better `order` is than `base` on these sessions; null where none has an up-vote. */
export function compare(
  sessions: readonly Session[],
  order: Order,
  base: Order,
  propensity: Propensity,
): Lift | null {
  return summed(sessions.map((session) => judge(session, order, base, propensity)));
}

/**
 * How much better training makes it than `base` is, on votes that it was not trained on: the votes are
 * parted in three, and each part is judged by what the other two teach.
 */
export function crossValidate(
  sessions: readonly Session[],
  base: Order,
  propensity: Propensity,
): Lift | null {
  const found: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = (session: Session, { id }: { id: string }) =>
      hashOf(`${session.voter} ${id}`) % FOLDS === fold;
    const parted = (keep: (session: Session, item: Session['items'][number]) => boolean) =>
      sessions.map((session) => ({
        ...session,
        items: session.items.filter((item) => item.vote === 0 || keep(session, item)),
      }));
    const weights = train(
      parted((session, item) => !held(session, item)),
      propensity,
    );
    for (const judged of parted(held)) {
      found.push(judge(judged, weights, base, propensity));
    }
  }
  return summed(found);
}

/** Means over voters, so that nobody weighs more than another; lists are resampled within each. */
function summed(judged: readonly Judged[]): Lift | null {
  const voters = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.ideal > 0) voters.set(one.voter, [...(voters.get(one.voter) ?? []), one]);
  }
  if (voters.size === 0) return null;
  const groups = [...voters.values()];
  const share = (of: (one: Judged) => number, lists: readonly (readonly Judged[])[] = groups) =>
    lists.reduce((sum, list) => sum + total(list, of) / total(list, (one) => one.ideal), 0) /
    lists.length;
  const random = randomFrom(judged.length);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const lift = (one: Judged) => one.gained - one.base;
  const resampled = Array.from({ length: RESAMPLES }, () =>
    share(
      lift,
      groups.map((list) => list.map(() => pick(list))),
    ),
  ).sort((x, y) => x - y);
  const at = (part: number) => resampled[Math.floor(part * (RESAMPLES - 1))] ?? 0;
  return {
    ndcg: share((one) => one.gained),
    base: share((one) => one.base),
    mean: share(lift),
    low: at(0.025),
    high: at(0.975),
  };
}

const total = (list: readonly Judged[], of: (one: Judged) => number) =>
  list.reduce((sum, one) => sum + of(one), 0);

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
