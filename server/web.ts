/** What one web process shares between requests. */
import { type Database, leadsDirectly, openDatabase } from '@/db/client';
import { conversationEventSource } from './asking';
import type { ConversationFeeds } from './asking/watch';
import { growingDelay, limitedSignIns, type SignInGuard } from './auth/guard';
import { type Cache, openCache } from './cache';
import { redisUrl, webEnv } from './env';
import { type Limiter, openLimiter } from './limits/limiter';
import { AccessWatch } from './live/access';
import { EventFeeds, Feeds } from './live/tail';
import { createLogger, type Logger } from './log';
import { type Mailer, openMailer } from './mail';
import { LibraryVersions } from './papers/live-version';
import { openRedis, type RedisLink } from './redis';
import { type Embedder, openEmbedder } from './search/embedder';
import { openStorage, type Storage } from './storage';

export interface Web {
  env: ReturnType<typeof webEnv>;
  db: Database;
  storage: Storage;
  redis: RedisLink;
  cache: Cache;
  limiter: Limiter;
  log: Logger;
  /** Null where no endpoint is configured. */
  embedder: Embedder | null;
  /** Null where mail goes nowhere. */
  mailer: Mailer | null;
  signInGuard: SignInGuard;
  feeds(): Promise<EventFeeds>;
  conversationFeeds(): Promise<ConversationFeeds>;
  access(): Promise<AccessWatch>;
  libraryVersions(): Promise<LibraryVersions>;
}

const shared = globalThis as { phialWeb?: Web };

/** Opened once per process: Next bundles routes apart, so modules alone would open it several times. */
export function web(): Web {
  shared.phialWeb ??= open();
  return shared.phialWeb;
}

function open(): Web {
  const env = webEnv();
  return webOver({
    env,
    db: openDatabase(env.DATABASE_URL, {
      max: 20,
      isDirect: leadsDirectly(env.DATABASE_URL, env.DATABASE_DIRECT_URL),
      applicationName: 'phial-web',
    }),
    openDirect: async () =>
      openDatabase(env.DATABASE_DIRECT_URL, {
        max: 1,
        isDirect: true,
        applicationName: 'phial-listener',
      }),
    storage: openStorage(env.STORAGE_URL),
    log: createLogger('web', env.LOG_LEVEL),
  });
}

/** A web process's parts on a given database; `openDirect` gives one that can listen. */
export function webOver({
  env,
  db,
  openDirect,
  storage,
  log,
}: Pick<Web, 'env' | 'db' | 'storage' | 'log'> & { openDirect: () => Promise<Database> }): Web {
  const direct = openedOnce(openDirect);
  const redis = openRedis(redisUrl(env));
  const limiter = openLimiter(redis, env.NODE_ENV);
  const cache = openCache(redis, env.NODE_ENV, { isOn: env.CACHE_ENABLED !== false });
  return {
    env,
    db,
    storage,
    redis,
    cache,
    embedder: openEmbedder(env, cache),
    limiter,
    log,
    mailer: env.SMTP_URL ? openMailer(env.SMTP_URL, env.MAIL_FROM) : null,
    signInGuard: limitedSignIns(limiter, growingDelay()),
    feeds: openedOnce(async () => EventFeeds.open(db, await direct())),
    conversationFeeds: openedOnce(async () =>
      Feeds.over(conversationEventSource, db, await direct()),
    ),
    access: openedOnce(async () => AccessWatch.open(db, await direct())),
    libraryVersions: openedOnce(async () => LibraryVersions.open(db, await direct())),
  };
}

/** Opened when first asked for; what could not be opened is tried again the next time. */
function openedOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    if (!opened) {
      opened = open();
      opened.catch(() => {
        opened = undefined;
      });
    }
    return opened;
  };
}
