import type { Metadata } from 'next';
import { ApiDocs } from '@/components/docs/api-docs';
import { Code } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/section';

export const metadata: Metadata = { title: 'API' };

export default function DocsPage() {
  return (
    <>
      <PageHeader
        title="API"
        trail={<TextLink href="/">Dashboard</TextLink>}
        summary={
          <>
            What programs can call at <Code>/api/v1</Code>, with a key in the header{' '}
            <Code>X-API-Key</Code>. Keys are made in the{' '}
            <TextLink href="/settings/keys">settings</TextLink>; the document that clients are
            generated from is <TextLink href="/openapi.json">openapi.json</TextLink>.
          </>
        }
      />
      <ApiDocs documentUrl="/openapi.json" />
    </>
  );
}
