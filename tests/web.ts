/** What route handlers share, on a test's own world: they find it where the web process keeps it. */
import { growingDelay } from '@/server/auth/guard';
import { openCache } from '@/server/cache';
import { AccessWatch } from '@/server/live/access';
import { EventFeeds } from '@/server/live/tail';
import { createLogger } from '@/server/log';
import type { Web } from '@/server/web';
import type { World } from './world';

export async function installWeb(world: World, changes: Partial<Web> = {}): Promise<Web> {
  const feeds = await EventFeeds.open(world.web, world.worker);
  const access = await AccessWatch.open(world.web, world.worker);
  const env = {
    NODE_ENV: 'test',
    NEXTAUTH_SECRET: 'only for tests: 0123456789abcdefghijklmnopqrstuvwxyz',
    NEXTAUTH_URL: 'http://phial.test',
  } as Web['env'];
  const web: Web = {
    env,
    db: world.web,
    storage: world.storage,
    cache: openCache(undefined, 'test'),
    log: createLogger('test', 'fatal'),
    mailer: null,
    signInGuard: growingDelay(),
    feeds: async () => feeds,
    access: async () => access,
    ...changes,
  };
  (globalThis as { phialWeb?: Web }).phialWeb = web;
  return web;
}
