'use client';

/**
 * Live job events. One stream per browser: of all tabs the one that holds a Web Lock subscribes to
 * what any tab watches and passes events on over a BroadcastChannel. When that tab closes another
 * gets the lock and goes on from where every job stands, so nothing is lost and nothing comes twice.
 */
import type { TRPCClient } from '@trpc/client';
import { useEffect, useRef, useState } from 'react';
import { useTRPCClient } from '@/components/trpc';
import { reportConnection } from '@/components/ui/connection';
import type { Watched } from '@/server/live/tail';
import type { AppRouter } from '@/server/trpc/root';

type Message =
  /** A tab watches these jobs from these numbers on. */
  | { type: 'watching'; tab: string; jobs: Record<string, number> }
  | { type: 'left'; tab: string }
  /** A new leader asks who watches what. */
  | { type: 'roll-call' }
  | { type: 'event'; event: Watched }
  | { type: 'state'; state: 'live' | 'reconnecting' };

type Listener = (event: Watched) => void;

const CHANNEL = 'phial-live';
const LOCK = 'phial-live-leader';

class LiveJobs {
  private readonly tab = crypto.randomUUID();
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Last number seen in this tab, per watched job. */
  private readonly cursors = new Map<string, number>();
  /** As leader: what each tab watches. */
  private readonly tabs = new Map<string, Record<string, number>>();
  private leading = false;
  /** As leader: how the stream stands. */
  private state: 'live' | 'reconnecting' = 'reconnecting';
  private subscribed = new Map<string, number>();
  private subscription: { unsubscribe(): void } | null = null;
  private resubscribing = false;

  constructor(private readonly client: TRPCClient<AppRouter>) {
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.receive(data);
    addEventListener('pagehide', () => this.send({ type: 'left', tab: this.tab }));
    // A page restored from the back-forward cache was counted out; it announces itself again.
    addEventListener('pageshow', (e) => e.persisted && this.announce());
    void navigator.locks.request(LOCK, () => this.lead());
  }

  watch(jobId: string, after: number, listener: Listener): () => void {
    const set = this.listeners.get(jobId) ?? new Set();
    this.listeners.set(jobId, set.add(listener));
    this.cursors.set(jobId, Math.min(this.cursors.get(jobId) ?? after, after));
    this.announce();
    return () => {
      set.delete(listener);
      if (set.size > 0) return;
      this.listeners.delete(jobId);
      this.cursors.delete(jobId);
      if (this.cursors.size === 0) reportConnection('idle');
      this.announce();
    };
  }

  private announce(): void {
    const jobs = Object.fromEntries(this.cursors);
    this.send({ type: 'watching', tab: this.tab, jobs });
    if (this.leading) this.tabWatches(this.tab, jobs);
  }

  private send(message: Message): void {
    this.channel.postMessage(message);
  }

  private receive(message: Message): void {
    switch (message.type) {
      case 'event':
        this.deliver(message.event);
        break;
      case 'state':
        if (this.cursors.size > 0) reportConnection(message.state);
        break;
      case 'roll-call':
        this.announce();
        break;
      case 'watching':
        if (this.leading) this.tabWatches(message.tab, message.jobs);
        break;
      case 'left':
        this.tabs.delete(message.tab);
        this.resubscribeSoon();
        break;
    }
  }

  /**
   * Every tab drops what it has had: a leader may have to begin before what some tabs know. What is
   * too early for a tab that has just come it drops as well; the stream opened anew for it brings all.
   */
  private deliver(event: Watched): void {
    const cursor = this.cursors.get(event.jobId);
    if (cursor === undefined || !follows(event, cursor)) return;
    this.cursors.set(event.jobId, event.seq);
    for (const listener of this.listeners.get(event.jobId) ?? []) listener(event);
  }

  /** Holds the lock for as long as this tab lives. */
  private lead(): Promise<never> {
    this.leading = true;
    this.tabs.set(this.tab, Object.fromEntries(this.cursors));
    this.send({ type: 'roll-call' });
    this.resubscribeSoon();
    return new Promise(() => {});
  }

  private tabWatches(tab: string, jobs: Record<string, number>): void {
    this.tabs.set(tab, jobs);
    this.tellState(this.state);
    this.resubscribeSoon();
  }

  /** To all tabs, also to those that have just come and missed how it stands. */
  private tellState(state: 'live' | 'reconnecting'): void {
    this.state = state;
    if (this.cursors.size > 0) reportConnection(state);
    this.send({ type: 'state', state });
  }

  /** Several tabs announce themselves in a row; one new stream serves them all. */
  private resubscribeSoon(): void {
    if (!this.leading || this.resubscribing) return;
    this.resubscribing = true;
    setTimeout(() => {
      this.resubscribing = false;
      this.subscribe();
    }, 50);
  }

  private subscribe(): void {
    const wanted = new Map<string, number>();
    for (const jobs of this.tabs.values()) {
      for (const [id, after] of Object.entries(jobs)) {
        wanted.set(id, Math.min(wanted.get(id) ?? after, after));
      }
    }
    const covered = [...wanted].every(
      ([id, after]) => (this.subscribed.get(id) ?? Infinity) <= after,
    );
    if (covered && wanted.size === this.subscribed.size) return;
    this.subscription?.unsubscribe();
    this.subscription = null;
    this.subscribed = wanted;
    if (wanted.size === 0) return;
    const jobs = [...wanted].map(([id, after]) => ({ id, after }));
    this.subscription = this.client.jobs.watch.subscribe(
      { jobs },
      {
        onData: ({ data }) => {
          // What the stream has passed need not be asked for again by the next one.
          this.subscribed.set(data.jobId, data.seq);
          this.advanceTabs(data);
          this.deliver(data);
          this.send({ type: 'event', event: data });
        },
        onConnectionStateChange: ({ state }) => {
          this.tellState(state === 'pending' ? 'live' : 'reconnecting');
        },
        onError: (error) => {
          // The session has ended: the page itself leads to signing in.
          if (error.data?.code === 'UNAUTHORIZED') return location.reload();
          this.subscribed.clear();
          setTimeout(() => this.resubscribeSoon(), 2_000);
        },
      },
    );
  }

  private advanceTabs(event: Watched): void {
    for (const jobs of this.tabs.values()) {
      const cursor = jobs[event.jobId];
      if (cursor !== undefined && follows(event, cursor)) jobs[event.jobId] = event.seq;
    }
  }
}

/** Whether an event is the next one for whoever has all up to `cursor`. A resync may leap. */
const follows = (event: Watched, cursor: number): boolean =>
  event.type === 'resync' ? event.seq > cursor : event.seq === cursor + 1;

let live: LiveJobs | null = null;

/**
 * Calls `onEvent` with every event of the jobs after the given numbers. The numbers are read when a
 * job is first watched.
 */
export function useJobEvents(
  jobs: { id: string; after: number }[],
  onEvent: (event: Watched) => void,
): void {
  const client = useTRPCClient();
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  const [starts] = useState(() => new Map<string, number>());
  for (const job of jobs) if (!starts.has(job.id)) starts.set(job.id, job.after);
  const ids = jobs
    .map((j) => j.id)
    .sort()
    .join(' ');
  useEffect(() => {
    if (!ids) return;
    live ??= new LiveJobs(client);
    const hub = live;
    const stops = ids
      .split(' ')
      .map((id) => hub.watch(id, starts.get(id) ?? 0, (event) => latest.current(event)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [ids, client, starts]);
}
