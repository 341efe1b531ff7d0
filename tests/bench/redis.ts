/** A Redis for one benchmark, on loopback; throws where none is installed. */
import { openRedis, type RedisLink } from '@/server/redis';
import { hasRedis, startRedis } from '@/tests/redis';

export async function withRedis<T>(work: (link: RedisLink) => Promise<T>): Promise<T> {
  if (!hasRedis) throw new Error('redis-server is not installed');
  const server = await startRedis();
  const link = openRedis(server.url);
  try {
    while (link.state() !== 'ready') await new Promise((resolve) => setTimeout(resolve, 10));
    return await work(link);
  } finally {
    await link.close();
    await server.stop();
  }
}
