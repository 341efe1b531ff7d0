/** Drawings of structures as pages show them, remembered: the same question has the same answer. */
import type { Cache } from '@/server/cache';
import { depict } from './depict';

export interface DrawingAsked {
  smiles: string;
  /** In pixels. */
  width: number;
  height: number;
}

/** Changes with what is drawn for the same question. */
const VERSION = 'rdkit 2026.9.1, 1';
const WARMED = 100;

/** Drawn on light ground; dark pages turn it over. */
export function drawing(cache: Cache, key: DrawingAsked): Promise<string> {
  const entry = { namespace: 'structures', workspaceId: null, version: VERSION, key } as const;
  return cache.remember(entry, () =>
    depict(key.smiles, { widthPx: key.width, heightPx: key.height, theme: 'light' }),
  );
}

/** Draws what was asked for most, so that it is there after a new version was started. */
export async function warmDrawings(cache: Cache): Promise<void> {
  for (const { key } of await cache.mostAsked('structures', WARMED)) {
    await drawing(cache, key as DrawingAsked);
  }
}
