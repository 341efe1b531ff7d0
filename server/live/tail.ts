/**
 * Live views read stored events by cursor. A NOTIFY only says when to look, and a slow poll backs up a
 * missed one. All watchers of one thing in this process share one reader.
 */
import { and, asc, eq, gt, max } from 'drizzle-orm';
import type { Database, Tx } from '@/db/client';
import { events } from '@/db/schema';
import type { JobEvent } from '@/server/jobs/schema';
import { EVENT_CHANNEL } from './append';

const POLL_MS = 5_000;
const PAGE = 500;
/** Events a feed keeps for watchers that lag a little; who lags more reads rows. */
const KEPT = 1_000;
/** Watchers that are woken at a time: the first of many need not wait until the last is written to. */
const GROUP = 20;

/** `resync`: events after the cursor are no longer kept; read the job anew and go on from `seq`. */
export type Watched = JobEvent | { jobId: string; type: 'resync'; seq: number };

/** What has events: how they are announced, and how they are read. Their bells name `workspace:id:seq`. */
export interface EventSource<E extends { seq: number }> {
  channel: string;
  /** Number of the last event; 0 when there is none. */
  head(tx: Tx, id: string): Promise<number>;
  /** Events after a number, in order. */
  read(tx: Tx, id: string, after: number, limit: number): Promise<E[]>;
  /** Tells a watcher that events up to `seq` are no longer kept. */
  resync(id: string, seq: number): E;
}

interface Place {
  workspaceId: string;
  id: string;
}

export class Feeds<E extends { seq: number }> {
  private readonly feeds = new Map<string, Feed<E>>();

  protected constructor(
    private readonly db: Database,
    private readonly source: EventSource<E>,
  ) {}

  /** `direct` must not go through a transaction pooler; LISTEN needs a session. */
  static async over<E extends { seq: number }>(
    source: EventSource<E>,
    db: Database,
    direct: Database,
  ): Promise<Feeds<E>> {
    const feeds = new Feeds(db, source);
    await feeds.hear(direct);
    return feeds;
  }

  protected async hear(direct: Database): Promise<void> {
    await direct.listen(this.source.channel, (payload) => {
      const id = payload?.split(':')[1];
      for (const feed of this.feeds.values()) {
        if (!id || feed.place.id === id) feed.refresh();
      }
    });
  }

  /**
   * Yields the events of one thing after `after`, in order, none twice and none left out, until
   * `signal` aborts. The caller has checked that the watcher may see it.
   */
  async *follow(place: Place, after: number, signal: AbortSignal): AsyncGenerator<E> {
    const feed = this.join(place);
    try {
      await feed.opened;
      let cursor = after;
      const stopped = aborted(signal);
      while (!signal.aborted) {
        const changed = feed.changed();
        const next = feed.since(cursor) ?? (await feed.read(cursor));
        for (const event of next) {
          if (event.seq > cursor + 1) yield this.source.resync(place.id, event.seq - 1);
          yield event;
          cursor = event.seq;
          if (signal.aborted) return;
        }
        if (next.length === 0) await Promise.race([changed, stopped]);
      }
    } finally {
      feed.watchers -= 1;
      if (feed.watchers === 0) {
        feed.close();
        this.feeds.delete(place.id);
      }
    }
  }

  private join(place: Place): Feed<E> {
    let feed = this.feeds.get(place.id);
    if (!feed) {
      feed = new Feed(this.db, this.source, place);
      this.feeds.set(place.id, feed);
    }
    feed.watchers += 1;
    return feed;
  }
}

const jobEvents: EventSource<Watched> = {
  channel: EVENT_CHANNEL,
  async head(tx, id) {
    const [row] = await tx
      .select({ head: max(events.seq) })
      .from(events)
      .where(eq(events.jobId, id));
    return row?.head ?? 0;
  },
  async read(tx, id, after, limit) {
    const rows = await tx
      .select()
      .from(events)
      .where(and(eq(events.jobId, id), gt(events.seq, after)))
      .orderBy(asc(events.seq))
      .limit(limit);
    return rows.map(
      ({ jobId, seq, type, at, data }) =>
        ({ jobId, seq, type, at: at.toISOString(), data }) as JobEvent,
    );
  },
  resync: (jobId, seq) => ({ jobId, type: 'resync', seq }),
};

/** Feeds of jobs. */
export class EventFeeds extends Feeds<Watched> {
  static async open(db: Database, direct: Database): Promise<EventFeeds> {
    const feeds = new EventFeeds(db, jobEvents);
    await feeds.hear(direct);
    return feeds;
  }

  watch(
    { workspaceId, jobId }: { workspaceId: string; jobId: string },
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<Watched> {
    return this.follow({ workspaceId, id: jobId }, after, signal);
  }
}

/** The one reader of a thing's new events. */
class Feed<E extends { seq: number }> {
  watchers = 0;
  readonly opened: Promise<void>;
  /** Contiguous; the last one has number `head`. */
  private recent: E[] = [];
  private head = 0;
  private reading = false;
  private dirty = false;
  private waiting: (() => void)[] = [];
  private readonly timer = setInterval(() => this.refresh(), POLL_MS);

  constructor(
    private readonly db: Database,
    private readonly source: EventSource<E>,
    readonly place: Place,
  ) {
    this.opened = this.open();
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** Resolves when there may be new events. Take it before looking, so that none slips between. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Kept events after the cursor, or null when it lies before what is kept. */
  since(cursor: number): E[] | null {
    const first = this.recent[0]?.seq ?? this.head + 1;
    if (cursor + 1 < first) return null;
    return this.recent.filter((e) => e.seq > cursor);
  }

  read(cursor: number): Promise<E[]> {
    return this.db.tx(this.place.workspaceId, (tx) =>
      this.source.read(tx, this.place.id, cursor, PAGE),
    );
  }

  refresh(): void {
    this.dirty = true;
    if (!this.reading) void this.readNew();
  }

  private async open(): Promise<void> {
    this.head = await this.db.tx(this.place.workspaceId, (tx) =>
      this.source.head(tx, this.place.id),
    );
  }

  private async readNew(): Promise<void> {
    this.reading = true;
    try {
      await this.opened;
      while (this.dirty) {
        this.dirty = false;
        const rows = await this.read(this.head);
        if (rows.length === 0) continue;
        this.recent = [...this.recent, ...rows].slice(-KEPT);
        this.head = rows.at(-1)?.seq ?? this.head;
        if (rows.length === PAGE) this.dirty = true;
        wakeInGroups(this.waiting.splice(0));
      }
    } catch {
      // The database is away; the poll looks again.
    } finally {
      this.reading = false;
    }
  }
}

function wakeInGroups(watchers: (() => void)[]): void {
  for (const wake of watchers.splice(0, GROUP)) wake();
  if (watchers.length > 0) setImmediate(wakeInGroups, watchers);
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
