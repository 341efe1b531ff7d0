import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

/** 200 when this process can serve: its settings are right and the database answers. */
export async function GET(): Promise<Response> {
  try {
    await web().db.ping();
    return Response.json({ status: 'ok' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return Response.json({ status: 'unavailable', reason }, { status: 503 });
  }
}
