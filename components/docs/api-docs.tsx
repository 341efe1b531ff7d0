'use client';

import 'swagger-ui-dist/swagger-ui.css';
import './api-docs.css';
import { useEffect, useRef, useState } from 'react';
import { ErrorState } from '@/components/ui/states';

/** The API's operations, to read and to try. Shows the page's theme, and keeps no key. */
export function ApiDocs({ documentUrl }: { documentUrl: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const domNode = place.current;
    if (!domNode) return;
    const stopFollowing = followTheme();
    import('swagger-ui-dist/swagger-ui-es-bundle.js').then(
      ({ default: SwaggerUI }) =>
        SwaggerUI({
          domNode,
          url: documentUrl,
          docExpansion: 'list',
          defaultModelsExpandDepth: 0,
          persistAuthorization: false,
          // Would ask a public service to judge the document.
          validatorUrl: null,
        }),
      () => setFailed(true),
    );
    return stopFollowing;
  }, [documentUrl]);
  if (failed) {
    return (
      <ErrorState
        title="The documentation could not be loaded"
        whatToDo="Reload the page. The document itself is at /openapi.json."
      />
    );
  }
  return <div ref={place} className="api-docs" />;
}

/** Swagger UI goes dark by a class of the root; the page by an attribute or by the system. */
function followTheme(): () => void {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = root.dataset;
    root.classList.toggle('dark-mode', theme ? theme === 'dark' : system.matches);
  };
  const observer = new MutationObserver(apply);
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', apply);
  apply();
  return () => {
    observer.disconnect();
    system.removeEventListener('change', apply);
    root.classList.remove('dark-mode');
  };
}
