/** Someone at the door of a test's own database. */
import { growingDelay } from '@/server/auth/guard';
import type { Guest } from '@/server/auth/guest';
import { createLogger } from '@/server/log';
import type { Letter } from '@/server/mail';
import type { World } from './world';

export interface TestGuest extends Guest {
  /** What was mailed, the latest last. */
  letters: Letter[];
  /** The path and query of the link in the latest letter to this address. */
  linkTo(email: string): URL;
}

export function guestOf(world: World, settings: Partial<Guest> = {}): TestGuest {
  const letters: Letter[] = [];
  return {
    db: world.web,
    storage: world.storage,
    log: createLogger('test', 'fatal'),
    mailer: {
      send: async (letter) => {
        letters.push(letter);
      },
    },
    guard: growingDelay(),
    registration: 'open',
    publicUrl: 'https://phial.test',
    from: { address: '192.0.2.7', userAgent: 'Test browser' },
    requestId: 'test',
    letters,
    linkTo(email) {
      const letter = letters.findLast(({ to }) => to === email);
      const link = /https:\/\/\S+/.exec(letter?.text ?? '')?.[0];
      if (!link) throw new Error(`No link was mailed to ${email}`);
      return new URL(link);
    },
    ...settings,
  };
}
