'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useCallback, useState } from 'react';
import superjson from 'superjson';
import { LimitWait, retryAfterSeconds } from '@/components/limit-wait';
import type { AppRouter } from '@/server/trpc/root';
import './style-nonce';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const url = '/api/trpc';

const createClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson }),
        false: httpBatchLink({ url, transformer: superjson }),
      }),
    ],
  });

const createQueryClient = (onError: (error: unknown) => void) =>
  new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 1 && retryAfterSeconds(error) === null,
      },
    },
  });

/** Reads and live events for client components. */
export function Trpc({ children }: { children: ReactNode }) {
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const [queryClient] = useState(() =>
    createQueryClient((error) => {
      const seconds = retryAfterSeconds(error);
      if (seconds !== null) setWaitUntil(Date.now() + seconds * 1_000);
    }),
  );
  const [trpcClient] = useState(createClient);
  const goOn = useCallback(() => {
    setWaitUntil(null);
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }, [queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
      {waitUntil !== null && <LimitWait until={waitUntil} onOver={goOn} />}
    </QueryClientProvider>
  );
}
