import packageJson from '@/package.json';
import { openApiDocument } from '@/server/api/document';

export const dynamic = 'force-static';

export function GET(): Response {
  return Response.json(openApiDocument(packageJson.version));
}
