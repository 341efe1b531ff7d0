import { z } from 'zod';
import { forApi, spendCall } from '@/server/api/call';
import { drawing } from '@/server/chemistry/drawing';
import { web } from '@/server/web';

export const dynamic = 'force-dynamic';

const A_DAY_SECONDS = 86_400;

const side = (fallback: number) => z.coerce.number().int().min(40).max(800).default(fallback);
const query = z.object({
  smiles: z.string().min(1).max(4_000),
  width: side(320),
  height: side(240),
});

/** A structure drawn on light ground; dark pages turn it over. The same question has the same answer. */
export async function GET(request: Request): Promise<Response> {
  return forApi(request, async (call) => {
    await spendCall(call, 'reads');
    const asked = query.parse(Object.fromEntries(new URL(request.url).searchParams));
    const svg = await drawing(web().cache, asked);
    return new Response(svg, {
      headers: {
        'Content-Type': 'image/svg+xml; charset=utf-8',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cache-Control': `private, max-age=${A_DAY_SECONDS}`,
      },
    });
  });
}
