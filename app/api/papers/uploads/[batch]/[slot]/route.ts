import { forApi } from '@/server/api/call';
import { addToBatch } from '@/server/api/extras';

export const dynamic = 'force-dynamic';

/** The bytes of one PDF into a slot of a batch; sent again they lead to the same paper. */
export async function PUT(
  request: Request,
  { params }: { params: Promise<{ batch: string; slot: string }> },
): Promise<Response> {
  const { batch, slot } = await params;
  return forApi(request, (call) => addToBatch(call, batch, Number(slot)));
}
