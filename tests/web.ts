/** What route handlers share, on a test's own world: they find it where the web process keeps it. */
import type { WebEnv } from '@/server/env';
import { createLogger } from '@/server/log';
import { type Web, webOver } from '@/server/web';
import type { World } from './world';

export function webOf(world: World, settings: Partial<WebEnv> = {}): Web {
  const env = {
    NODE_ENV: 'test',
    NEXTAUTH_SECRET: 'only for tests: 0123456789abcdefghijklmnopqrstuvwxyz',
    NEXTAUTH_URL: 'http://phial.test',
    ...settings,
  } as WebEnv;
  return webOver({
    env,
    db: world.web,
    openDirect: async () => world.worker,
    storage: world.storage,
    log: createLogger('test', 'fatal'),
  });
}

export function installWeb(world: World, settings: Partial<WebEnv> = {}): Web {
  const web = webOf(world, settings);
  (globalThis as { phialWeb?: Web }).phialWeb = web;
  return web;
}
