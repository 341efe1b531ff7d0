import { handleApi } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

/** The workspace's jobs: the same answer as `/api/v1/jobs`. */
export function GET(request: Request): Promise<Response> {
  return handleApi(request, '/jobs');
}
