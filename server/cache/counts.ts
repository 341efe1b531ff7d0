/**
 * Hits, misses, sizes, and what was asked for most. Counted in this process and added to Redis now and
 * then, so that counting costs no round trip.
 */
import type { RedisLink } from '@/server/redis';
import type { Entry, Names } from './entry';
import { NAMESPACE_IDS, NAMESPACES, type Namespace, type NamespaceStatistics } from './schema';

const FLUSH_MS = 5_000;
/** Sizes are summed by the minute in which they end, so that what ended drops out without a search. */
const MINUTE_MS = 60_000;
const ASKED_KEPT = 200;

interface Counted {
  hits: number;
  misses: number;
}

export class Counts {
  private own = new Map<Namespace, Counted>();
  private pending = new Map<Namespace, Counted>();
  private sizes: { namespace: Namespace; bytes: number; endsAt: number }[] = [];
  private asked = new Map<string, { entry: Entry; times: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly link: RedisLink,
    private readonly names: Names,
  ) {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  count(entry: Entry, what: keyof Counted): void {
    for (const counts of [this.own, this.pending]) {
      const counted = counts.get(entry.namespace) ?? { hits: 0, misses: 0 };
      counted[what] += 1;
      counts.set(entry.namespace, counted);
    }
    const name = JSON.stringify(entry);
    const asked = this.asked.get(name) ?? { entry, times: 0 };
    asked.times += 1;
    this.asked.set(name, asked);
    if (this.asked.size > ASKED_KEPT * 10) this.forgetSeldomAsked();
  }

  kept(entry: Entry, bytes: number): void {
    const { namespace } = entry;
    if (this.link.state() === 'none') return;
    const endsAt = Date.now() + NAMESPACES[namespace].seconds * 1_000;
    this.sizes.push({ namespace, bytes, endsAt });
  }

  /** Adds what was counted here to what all processes counted. */
  async flush(): Promise<void> {
    if (this.link.state() !== 'ready') return;
    const [pending, sizes, asked] = [this.pending, this.sizes, this.asked];
    [this.pending, this.sizes, this.asked] = [new Map(), [], new Map()];
    if (pending.size + sizes.length + asked.size === 0) return;
    await this.link.ask((redis) => {
      const all = redis.pipeline();
      for (const [namespace, { hits, misses }] of pending) {
        all.hincrby(this.names.counts, `${namespace}:hits`, hits);
        all.hincrby(this.names.counts, `${namespace}:misses`, misses);
      }
      for (const { namespace, bytes, endsAt } of sizes) {
        const minute = Math.ceil(endsAt / MINUTE_MS);
        all.hincrby(this.names.sizes(namespace), `${minute}:keys`, 1);
        all.hincrby(this.names.sizes(namespace), `${minute}:bytes`, bytes);
      }
      for (const [name, { entry, times }] of asked) {
        all.zincrby(this.names.asked(entry.namespace), times, name);
      }
      for (const namespace of new Set([...asked.values()].map(({ entry }) => entry.namespace))) {
        all.zremrangebyrank(this.names.asked(namespace), 0, -ASKED_KEPT - 1);
        all.expire(this.names.asked(namespace), 7 * 86_400);
      }
      return all.exec();
    });
  }

  async statistics(
    ownSizes: { namespace: string; bytes: number }[],
  ): Promise<NamespaceStatistics[]> {
    await this.flush();
    const shared = await this.link.ask((redis) => redis.hgetall(this.names.counts));
    return Promise.all(
      NAMESPACE_IDS.map(async (namespace) => {
        const own = this.own.get(namespace) ?? { hits: 0, misses: 0 };
        const hits = Number(shared ? (shared[`${namespace}:hits`] ?? 0) : own.hits);
        const misses = Number(shared ? (shared[`${namespace}:misses`] ?? 0) : own.misses);
        const mine = ownSizes.filter((one) => one.namespace === namespace);
        const sizes = (await this.sharedSizes(namespace)) ?? {
          keys: mine.length,
          bytes: mine.reduce((sum, { bytes }) => sum + bytes, 0),
        };
        const rate = hits + misses === 0 ? null : hits / (hits + misses);
        return { namespace, ...NAMESPACES[namespace], hits, misses, rate, ...sizes };
      }),
    );
  }

  private async sharedSizes(namespace: Namespace): Promise<{ keys: number; bytes: number } | null> {
    const name = this.names.sizes(namespace);
    const all = await this.link.ask((redis) => redis.hgetall(name));
    if (!all) return null;
    const now = Date.now() / MINUTE_MS;
    const total = { keys: 0, bytes: 0 };
    const ended: string[] = [];
    for (const [field, n] of Object.entries(all)) {
      const [minute, what] = field.split(':') as [string, keyof typeof total];
      if (Number(minute) <= now) ended.push(field);
      else total[what] += Number(n);
    }
    if (ended.length > 0) await this.link.ask((redis) => redis.hdel(name, ...ended));
    return total;
  }

  /** What was asked for most, by all processes where they share a Redis. */
  async mostAsked(namespace: Namespace, n: number): Promise<Entry[]> {
    await this.flush();
    const shared = await this.link.ask((redis) =>
      redis.zrevrange(this.names.asked(namespace), 0, n - 1),
    );
    if (shared) return shared.map((name) => JSON.parse(name) as Entry);
    return [...this.asked.values()]
      .filter(({ entry }) => entry.namespace === namespace)
      .sort((a, b) => b.times - a.times)
      .slice(0, n)
      .map(({ entry }) => entry);
  }

  private forgetSeldomAsked(): void {
    const often = [...this.asked].sort(([, a], [, b]) => b.times - a.times).slice(0, ASKED_KEPT);
    this.asked = new Map(often);
  }
}
