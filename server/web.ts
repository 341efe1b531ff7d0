/** What one web process shares between requests. */
import { type Database, openDatabase } from '@/db/client';
import { conversationEventSource } from './asking';
import type { ConversationFeeds } from './asking/watch';
import { growingDelay, type SignInGuard } from './auth/guard';
import { type Cache, openCache } from './cache';
import { webEnv } from './env';
import { AccessWatch } from './live/access';
import { EventFeeds, Feeds } from './live/tail';
import { createLogger, type Logger } from './log';
import { type Mailer, openMailer } from './mail';
import { openStorage, type Storage } from './storage';

export interface Web {
  env: ReturnType<typeof webEnv>;
  db: Database;
  storage: Storage;
  cache: Cache;
  log: Logger;
  /** Null where mail goes nowhere. */
  mailer: Mailer | null;
  signInGuard: SignInGuard;
  feeds(): Promise<EventFeeds>;
  conversationFeeds(): Promise<ConversationFeeds>;
  access(): Promise<AccessWatch>;
}

const shared = globalThis as { phialWeb?: Web };

/** Opened once per process: Next bundles routes apart, so modules alone would open it several times. */
export function web(): Web {
  shared.phialWeb ??= open();
  return shared.phialWeb;
}

function open(): Web {
  const env = webEnv();
  const db = openDatabase(env.DATABASE_URL, { max: 20, applicationName: 'phial-web' });
  const log = createLogger('web', env.LOG_LEVEL);
  const direct = openedOnce(async () =>
    openDatabase(env.DATABASE_DIRECT_URL, {
      max: 1,
      becomeApp: true,
      applicationName: 'phial-listener',
    }),
  );
  return {
    env,
    db,
    storage: openStorage(env.STORAGE_URL),
    cache: openCache(env.REDIS_URL, env.NODE_ENV),
    log,
    mailer: env.SMTP_URL ? openMailer(env.SMTP_URL, env.MAIL_FROM) : null,
    signInGuard: growingDelay(),
    feeds: openedOnce(async () => EventFeeds.open(db, await direct())),
    conversationFeeds: openedOnce(async () =>
      Feeds.over(conversationEventSource, db, await direct()),
    ),
    access: openedOnce(async () => AccessWatch.open(db, await direct())),
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
