import { describe, expect, it } from 'vitest';
import { openCache } from '@/server/cache';
import { depict } from './depict';
import { drawing, warmDrawings } from './drawing';

describe('drawings', () => {
  it('hold nothing that runs or loads, whatever the name', async () => {
    const name = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const svg = await depict('CCO', { widthPx: 100, heightPx: 80, theme: 'light', name });
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/<(script|img|foreignObject|iframe|use)\b/i);
    // Of attributes the names alone: their values, and text, are words.
    expect(svg.replaceAll(/"[^"]*"|>[^<]*</g, '')).not.toMatch(/(href|src|on\w+)\s*=/i);
  });

  it('are drawn once for the same question', async () => {
    const cache = openCache(undefined, 'test');
    const asked = { smiles: 'CCO', width: 100, height: 80 };
    expect(await drawing(cache, asked)).toBe(await drawing(cache, { ...asked }));
    const { namespaces } = await cache.statistics();
    const structures = namespaces.find(({ namespace }) => namespace === 'structures');
    expect(structures).toMatchObject({ hits: 1, misses: 1 });
    expect(await cache.mostAsked('structures', 1)).toMatchObject([{ key: asked }]);
  });

  it('are drawn anew before they are asked for, those first that were asked for most', async () => {
    const cache = openCache(undefined, 'test');
    const asked = { smiles: 'CCO', width: 100, height: 80 };
    await drawing(cache, asked);
    await cache.invalidate({});
    await warmDrawings(cache);
    await drawing(cache, asked);
    const { namespaces } = await cache.statistics();
    expect(namespaces.find(({ namespace }) => namespace === 'structures')).toMatchObject({
      hits: 1,
      misses: 2,
    });
  });
});
