/** The viewer on a page of its own: the component, its styles and pdf.js, without anything behind them. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import tailwind from '@tailwindcss/postcss';
import { build } from 'esbuild';
import postcss from 'postcss';
import type { Located } from '@/server/asking/locate';
import { root } from './phial';

const entry = `
import { createRoot } from 'react-dom/client';
import { useState } from 'react';
import { Viewer } from '@/components/papers/viewer';
import { KeysProvider } from '@/components/ui/keys';
function Page({ paperId, marks }) {
  const [current, setCurrent] = useState(0);
  const [page, setPage] = useState(null);
  const step = (by) => (marks[current + by] ? () => { setCurrent(current + by); setPage(null); } : null);
  return (
    <KeysProvider initiallyOn>
      <p data-quote>{marks[current].quote}</p>
      <output data-at>{current}</output>
      <div style={{ display: 'flex', height: 860 }}>
        <Viewer paperId={paperId} page={page ?? marks[current].mark.page} onPage={setPage} marks={marks}
          current={current} steps={{ at: current + 1, of: marks.length, previous: step(-1), next: step(1) }} />
      </div>
    </KeysProvider>
  );
}
createRoot(document.getElementById('root')).render(<Page {...window.shown} />);
`;

export interface ViewerSite {
  url: string;
  /** Puts a paper at an address of its own. */
  show(paperId: string, file: Buffer, marks: readonly Located[]): string;
  close(): void;
}

export async function openViewerSite(): Promise<ViewerSite> {
  const [script, style] = await Promise.all([bundled(), styled()]);
  const papers = new Map<string, { file: Buffer; marks: readonly Located[] }>();
  const server: Server = createServer((request, response) => {
    const address = request.url?.split('?')[0] ?? '';
    const send = (type: string, body: string | Buffer) => {
      response.setHeader('Content-Type', type);
      response.end(body);
    };
    const [, first = '', id = '', last] = address.split('/');
    const paper = papers.get(id);
    if (address === '/script.js') return send('text/javascript', script);
    if (address === '/style.css') return send('text/css', style);
    if (first === 'pdfjs') return void sendAsset(address, send).catch(() => response.end());
    if (!paper) return response.writeHead(404).end();
    if (last === 'file') return send('application/pdf', paper.file);
    const shown = JSON.stringify({ paperId: id, marks: paper.marks }).replace(/</g, '\\u003c');
    send(
      'text/html; charset=utf-8',
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Paper</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"><main><h1>Paper</h1><div id="root"></div></main><script>window.shown=${shown}</script><script type="module" src="/script.js"></script></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    show(paperId, file, marks) {
      papers.set(paperId, { file, marks });
      return `${url}/papers/${paperId}`;
    },
    close: () => void server.close(),
  };
}

async function sendAsset(address: string, send: (type: string, body: Buffer) => void) {
  const name = address.split('/').slice(3).join('/');
  const folder = name.endsWith('.mjs') ? 'build' : '';
  const file = path.join(root, 'node_modules', 'pdfjs-dist', folder, path.normalize(name));
  const type = /\.m?js$/.test(name) ? 'text/javascript' : 'application/octet-stream';
  send(type, await readFile(file));
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, loader: 'tsx', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    tsconfig: path.join(root, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  });
  return outputFiles[0]?.text ?? '';
}

async function styled(): Promise<string> {
  const from = path.join(root, 'app', 'globals.css');
  const { css } = await postcss([tailwind({ base: root })]).process(await readFile(from, 'utf8'), {
    from,
  });
  return css;
}
