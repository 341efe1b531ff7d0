import type { SourceRequest } from '../contract';

const API = 'https://api.crossref.org/works';
const FIELDS = 'DOI,title,author,abstract,issued,container-title,relation,type';

export const workRequest = (doi: string): SourceRequest => ({
  url: `${API}/${encodeURIComponent(doi)}`,
  accept: 'application/json',
  answers: [404],
});

export function searchRequest(title: string, author: string | null): SourceRequest {
  const asked = new URLSearchParams({ 'query.title': title.slice(0, 400) });
  if (author) asked.set('query.author', author);
  asked.set('rows', '3');
  asked.set('select', FIELDS);
  return { url: `${API}?${asked}`, accept: 'application/json' };
}
