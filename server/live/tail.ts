/**
 * Live views read stored events by cursor. A NOTIFY only says when to look, and a slow poll backs up a
 * missed one. All watchers of a job in this process share one reader.
 */
import { and, asc, eq, gt, max } from 'drizzle-orm';
import type { Database } from '@/db/client';
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

export class EventFeeds {
  private readonly feeds = new Map<string, JobFeed>();

  private constructor(private readonly db: Database) {}

  /** `direct` must not go through a transaction pooler; LISTEN needs a session. */
  static async open(db: Database, direct: Database): Promise<EventFeeds> {
    const feeds = new EventFeeds(db);
    await direct.listen(EVENT_CHANNEL, (payload) => {
      const jobId = payload?.split(':')[1];
      for (const feed of feeds.feeds.values()) {
        if (!jobId || feed.jobId === jobId) feed.refresh();
      }
    });
    return feeds;
  }

  /**
   * Yields the job's events after `after`, in order, none twice and none left out, until `signal`
   * aborts. The caller has checked that the watcher may see the job.
   */
  async *watch(
    job: { workspaceId: string; jobId: string },
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<Watched> {
    const feed = this.join(job);
    try {
      await feed.opened;
      let cursor = after;
      const stopped = aborted(signal);
      while (!signal.aborted) {
        const changed = feed.changed();
        const next = feed.since(cursor) ?? (await feed.read(cursor));
        for (const event of next) {
          if (event.seq > cursor + 1) {
            yield { jobId: job.jobId, type: 'resync', seq: event.seq - 1 };
          }
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
        this.feeds.delete(job.jobId);
      }
    }
  }

  private join(job: { workspaceId: string; jobId: string }): JobFeed {
    let feed = this.feeds.get(job.jobId);
    if (!feed) {
      feed = new JobFeed(this.db, job.workspaceId, job.jobId);
      this.feeds.set(job.jobId, feed);
    }
    feed.watchers += 1;
    return feed;
  }
}

/** The one reader of a job's new events. */
class JobFeed {
  watchers = 0;
  readonly opened: Promise<void>;
  /** Contiguous; the last one has number `head`. */
  private recent: JobEvent[] = [];
  private head = 0;
  private reading = false;
  private dirty = false;
  private waiting: (() => void)[] = [];
  private readonly timer = setInterval(() => this.refresh(), POLL_MS);

  constructor(
    private readonly db: Database,
    private readonly workspaceId: string,
    readonly jobId: string,
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
  since(cursor: number): JobEvent[] | null {
    const first = this.recent[0]?.seq ?? this.head + 1;
    if (cursor + 1 < first) return null;
    return this.recent.filter((e) => e.seq > cursor);
  }

  async read(cursor: number): Promise<JobEvent[]> {
    const rows = await this.db.tx(this.workspaceId, (tx) =>
      tx
        .select()
        .from(events)
        .where(and(eq(events.jobId, this.jobId), gt(events.seq, cursor)))
        .orderBy(asc(events.seq))
        .limit(PAGE),
    );
    return rows.map(
      ({ jobId, seq, type, at, data }) =>
        ({ jobId, seq, type, at: at.toISOString(), data }) as JobEvent,
    );
  }

  refresh(): void {
    this.dirty = true;
    if (!this.reading) void this.readNew();
  }

  private async open(): Promise<void> {
    const [row] = await this.db.tx(this.workspaceId, (tx) =>
      tx
        .select({ head: max(events.seq) })
        .from(events)
        .where(eq(events.jobId, this.jobId)),
    );
    this.head = row?.head ?? 0;
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
