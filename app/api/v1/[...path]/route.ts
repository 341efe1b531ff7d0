import { handleApi } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

async function handle(
  request: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const { path } = await params;
  return handleApi(request, `/${path.map(decodeURIComponent).join('/')}`);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
