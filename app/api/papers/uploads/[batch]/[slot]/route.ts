import { respond } from '@/app/api/papers/respond';
import { invalid } from '@/server/errors';
import { addFile } from '@/server/papers';

export const dynamic = 'force-dynamic';

/** The bytes of one PDF into a slot of a batch; sent again they lead to the same paper. */
export async function PUT(
  request: Request,
  { params }: { params: Promise<{ batch: string; slot: string }> },
): Promise<Response> {
  const { batch, slot } = await params;
  return respond(async (ctx) => {
    if (!request.body) throw invalid('FILE_EMPTY', 'This request has no bytes to store.');
    const added = await addFile({
      ctx,
      input: {
        bytes: request.body,
        fileName: nameOf(request.headers.get('X-File-Name')),
        slot: { batchId: batch, number: Number(slot) },
      },
    });
    return Response.json(added, { status: added.isNew ? 201 : 200 });
  });
}

/** Names travel percent-encoded: headers hold ASCII. */
function nameOf(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return header ?? '';
  }
}
