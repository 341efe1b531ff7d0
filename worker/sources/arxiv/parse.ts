import { nameOf, plainText, recordOf, type WorkRecord } from '../bibliography';
import type { Snapshot } from '../contract';
import { xmlRoot } from '../xml-cite';

/**
 * The entry of the feed; null when it has none. Ids that do not exist give an entry without authors,
 * or one whose title is "Error".
 */
export function parseEntry(snapshot: Snapshot, id: string): WorkRecord | null {
  const entry = xmlRoot(snapshot).first('entry');
  if (!entry) return null;
  const textOf = (name: string) => plainText(entry.first(name)?.text()?.quote);
  const title = textOf('title');
  const authors = entry.all('author', 'name').flatMap((element) => {
    const name = plainText(element.text()?.quote);
    return name ? [nameOf(name)] : [];
  });
  if (!title || title === 'Error' || authors.length === 0) return null;
  const year = Number(textOf('published')?.slice(0, 4));
  return recordOf(`https://arxiv.org/abs/${id}`, {
    title,
    authors,
    abstract: textOf('summary'),
    year: Number.isInteger(year) ? year : null,
    arxivId: id,
    articleDoi: textOf('arxiv:doi')?.toLowerCase() ?? null,
  });
}
