/** An OpenAI-compatible endpoint that turns text into vectors: Ollama, vLLM, OpenAI and others. */
import { z } from 'zod';
import type { Cache } from '@/server/cache';
import { sha256Hex } from '@/server/storage';
import { normalise } from './vector';

export interface Embedder {
  /** The endpoint's name for its model. */
  name: string;
  /** Vectors of length 1, one a text; null for a text that has none. Throws when the endpoint fails. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<(Float32Array | null)[]>;
}

export interface EmbedderSettings {
  EMBED_BASE_URL?: string | undefined;
  EMBED_API_KEY?: string | undefined;
  EMBED_MODEL?: string | undefined;
}

/** Texts of one request. */
const BATCH = 32;
const TIMEOUT_MS = 60_000;
/** Longer texts are cut: models read some 512 to 8,192 tokens. */
const MAX_CHARACTERS = 8_000;

const response = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
});

/** Null where no endpoint is configured. What was embedded within the hour is not asked for again. */
export function openEmbedder(settings: EmbedderSettings, cache: Cache): Embedder | null {
  const { EMBED_BASE_URL: base, EMBED_MODEL: model, EMBED_API_KEY: key } = settings;
  if (!base || !model) return null;
  const address = `${base.replace(/\/+$/, '')}/embeddings`;

  const ask = async (texts: readonly string[], signal?: AbortSignal): Promise<number[][]> => {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      body: JSON.stringify({ model, input: texts, encoding_format: 'float' }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    });
    if (!answer.ok) throw new Error(`The embedding endpoint answered ${answer.status}`);
    const { data } = response.parse(await answer.json());
    const vectors = data.toSorted((a, b) => a.index - b.index).map((d) => d.embedding);
    if (vectors.length !== texts.length) {
      throw new Error(`The embedding endpoint gave ${vectors.length} of ${texts.length} vectors`);
    }
    return vectors;
  };

  return {
    name: model,
    async embed(texts, signal) {
      const batches = new Batches((batch) => ask(batch, signal));
      const vectors = await Promise.all(
        texts.map((text) => {
          const cut = text.slice(0, MAX_CHARACTERS);
          const entry = {
            namespace: 'embeddings',
            workspaceId: null,
            version: `${address} ${model}`,
            key: sha256Hex(cut),
          } as const;
          return cache.remember(entry, () => batches.add(cut));
        }),
      );
      return vectors.map((numbers) => {
        const vector = Float32Array.from(numbers);
        return normalise(vector) ? vector : null;
      });
    },
  };
}

/** Gathers what is asked for at the same time into requests. */
class Batches {
  private waiting: {
    text: string;
    resolve: (vector: number[]) => void;
    reject: (error: unknown) => void;
  }[] = [];

  constructor(private readonly ask: (texts: readonly string[]) => Promise<number[][]>) {}

  add(text: string): Promise<number[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ text, resolve, reject });
      if (this.waiting.length === BATCH) this.send();
      else if (this.waiting.length === 1) setTimeout(() => this.send(), 2);
    });
  }

  private send(): void {
    const batch = this.waiting.splice(0);
    if (batch.length === 0) return;
    this.ask(batch.map(({ text }) => text)).then(
      (vectors) => {
        for (const [i, { resolve }] of batch.entries()) resolve(vectors[i]!);
      },
      (error) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }
}
