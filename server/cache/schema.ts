/** What is remembered, and for how long. Browser-safe. */

export const NAMESPACES = {
  retrieval: { seconds: 2 * 3_600, holds: 'Passages found for a query' },
  answers: { seconds: 24 * 3_600, holds: 'What a language model wrote' },
  questions: { seconds: 5 * 60, holds: 'Drafts of answers to questions' },
  embeddings: { seconds: 3_600, holds: 'Vectors of queries' },
  graph: { seconds: 3_600, holds: 'Parts of the literature graph' },
  structures: { seconds: 24 * 3_600, holds: 'Drawings of structures' },
  other: { seconds: 3_600, holds: 'Whatever else is costly' },
} as const satisfies Record<string, { seconds: number; holds: string }>;
export type Namespace = keyof typeof NAMESPACES;
export const NAMESPACE_IDS = Object.keys(NAMESPACES) as Namespace[];

export interface NamespaceStatistics {
  namespace: Namespace;
  holds: string;
  seconds: number;
  hits: number;
  misses: number;
  /** Hits of all that was asked for; null before anything was. */
  rate: number | null;
  /** Written and not yet at the end of their time, those made void included. */
  keys: number;
  bytes: number;
}

export interface CacheStatistics {
  /** `own`: no Redis is configured; `degraded`: one is and cannot be reached. */
  state: 'own' | 'shared' | 'degraded' | 'off';
  namespaces: NamespaceStatistics[];
}
