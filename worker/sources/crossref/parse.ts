import { z } from 'zod';
import type { Author } from '@/server/papers/reading';
import { nameOf, plainText, recordOf, type WorkRecord } from '../bibliography';
import { type Snapshot, SourceFault } from '../contract';

const text = z.string().nullish().catch(null);
const person = z.object({ family: text, given: text, name: text });
const workSchema = z.object({
  DOI: z.string(),
  title: z.array(z.string()).catch([]).default([]),
  'container-title': z.array(z.string()).catch([]).default([]),
  abstract: text,
  author: z.array(person).catch([]).default([]),
  issued: z
    .object({ 'date-parts': z.array(z.array(z.number().nullable())) })
    .nullish()
    .catch(null),
  relation: z
    .object({
      'is-preprint-of': z
        .array(z.object({ id: z.string(), 'id-type': z.string() }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
});
const one = z.object({ message: workSchema });
const list = z.object({ message: z.object({ items: z.array(z.unknown()) }) });

/** Throws SourceFault `unreadable` when the answer is no work. */
export function parseWork(snapshot: Snapshot): WorkRecord {
  const read = one.safeParse(snapshot.json());
  if (!read.success) throw unreadable();
  return workOf(read.data.message);
}

/** Works of a search; those that make no sense are passed over. */
export function parseList(snapshot: Snapshot): WorkRecord[] {
  const read = list.safeParse(snapshot.json());
  if (!read.success) throw unreadable();
  return read.data.message.items.flatMap((item) => {
    const work = workSchema.safeParse(item);
    return work.success ? [workOf(work.data)] : [];
  });
}

const unreadable = () =>
  new SourceFault('unreadable', 'Crossref sent an answer of an unknown form');

function workOf(work: z.infer<typeof workSchema>): WorkRecord {
  const doi = work.DOI.toLowerCase();
  const article = work.relation?.['is-preprint-of']?.find((r) => r['id-type'] === 'doi');
  return recordOf(`https://doi.org/${doi}`, {
    title: plainText(work.title[0]),
    authors: work.author.flatMap(authorOf),
    abstract: plainText(work.abstract)?.replace(/^abstract[\s:.]*/i, '') ?? null,
    year: work.issued?.['date-parts'][0]?.[0] ?? null,
    venue: plainText(work['container-title'][0]),
    doi,
    articleDoi: article?.id.toLowerCase() ?? null,
  });
}

/** People have family and given names; groups and some people one name alone. */
function authorOf({ family, given, name }: z.infer<typeof person>): Author[] {
  const [last, first] = [plainText(family), plainText(given)];
  if (last)
    return [{ name: [first, last].filter(Boolean).join(' '), family: last, given: first ?? '' }];
  const whole = plainText(name) ?? first;
  if (!whole) return [];
  return name ? [{ name: whole, family: whole, given: '' }] : [nameOf(whole)];
}
