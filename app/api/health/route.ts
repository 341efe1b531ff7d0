import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

/**
 * 200 when this process can serve: its settings are right and the database answers. `degraded`: a
 * Redis is configured and away, so things are slower.
 */
export async function GET(): Promise<Response> {
  try {
    await web().db.ping();
    const redis = web().redis.state();
    const cache = redis === 'none' ? 'own' : redis === 'ready' ? 'shared' : 'degraded';
    return Response.json({ status: redis === 'away' ? 'degraded' : 'ok', cache });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return Response.json({ status: 'unavailable', reason }, { status: 503 });
  }
}
