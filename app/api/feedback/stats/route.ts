import { handleApi } from '@/server/api/handle';

export const dynamic = 'force-dynamic';

/** What votes and flags add up to: the same answer as `/api/v1/feedback/stats`. */
export function GET(request: Request): Promise<Response> {
  return handleApi(request, '/feedback/stats');
}
