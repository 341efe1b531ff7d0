/** What is known of a PDF beside it: JATS, BibTeX, science-parse's lists; GROBID's TEI is only shown. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Element } from 'domhandler';
import { DomUtils, parseDocument } from 'htmlparser2';

export interface Truth {
  /** Made by hand or by the publisher; what a tool found says nothing about right or wrong. */
  counts: boolean;
  title?: string;
  /** Given names first. */
  authors?: string[];
  abstract?: string;
  year?: number;
  doi?: string;
  /** With the depth of their section, from 1. */
  headings?: { text: string; depth: number }[];
  text?: string;
}

const READERS: [RegExp, (content: string) => Truth][] = [
  [/\.(?:metadata|content)\.xml$|\.nxml$|\.jats\.xml$/, jats],
  [/\.tei\.xml$/, tei],
  [/\.bib$/, bibtex],
  [/\.metadata\.json$/, sciencePaper],
  [/\.extraction\.json$/, sciencePairs],
];

/** Everything beside `‹stem›.pdf` taken together; what counts wins over what a tool made. */
export async function truthOf(dir: string, stem: string): Promise<Truth | null> {
  const names = (await readdir(dir)).filter((name) => name.startsWith(`${stem}.`)).sort();
  const truths: Truth[] = [];
  for (const name of names) {
    const reader = READERS.find(([pattern]) => pattern.test(name))?.[1];
    if (reader) truths.push(reader(await readFile(path.join(dir, name), 'utf8')));
  }
  const counting = truths.filter(({ counts }) => counts);
  const used = counting.length > 0 ? counting : truths;
  return used.length === 0 ? null : Object.assign({}, ...used);
}

const content = (element: Element | null | undefined) =>
  element ? DomUtils.textContent(element).replace(/\s+/g, ' ').trim() : undefined;

function jats(xml: string): Truth {
  const document = parseDocument(xml, { xmlMode: true });
  const all = (name: string, within: Element | typeof document = document) =>
    DomUtils.getElementsByTagName(name, within, true) as Element[];
  const [body] = all('body');
  const depthOf = (element: Element): number => {
    let depth = 0;
    for (let at = element.parent; at !== null; at = at.parent) {
      if ('name' in at && at.name === 'sec') depth++;
    }
    return depth;
  };
  const authors = all('contrib')
    .filter((one) => one.attribs['contrib-type'] === 'author')
    .map((one) => {
      const [given, family] = [all('given-names', one)[0], all('surname', one)[0]];
      return family
        ? `${content(given) ?? ''} ${content(family)}`.trim()
        : content(all('string-name', one)[0]);
    })
    .filter((name) => name !== undefined && name !== '') as string[];
  const year = all('pub-date').map((date) => content(all('year', date)[0]))[0];
  const abstract = content(all('abstract')[0]);
  const title = content(all('article-title')[0]);
  const doi = content(all('article-id').find((id) => id.attribs['pub-id-type'] === 'doi'));
  const headings = body
    ? all('title', body)
        .filter((one) => (one.parent as Element | null)?.name === 'sec')
        .map((one) => ({ text: content(one) ?? '', depth: depthOf(one) }))
        .filter(({ text }) => /\p{L}/u.test(text))
    : undefined;
  return {
    counts: true,
    ...(title ? { title } : {}),
    ...(authors.length > 0 ? { authors } : {}),
    ...(abstract ? { abstract } : {}),
    ...(year ? { year: Number(year) } : {}),
    ...(doi ? { doi: doi.toLowerCase() } : {}),
    ...(headings ? { headings } : {}),
    ...(body
      ? {
          text: all('p', body)
            .map((one) => content(one) ?? '')
            .join('\n'),
        }
      : {}),
  };
}

function tei(xml: string): Truth {
  const document = parseDocument(xml, { xmlMode: true });
  const all = (name: string, within: Element | typeof document = document) =>
    DomUtils.getElementsByTagName(name, within, true) as Element[];
  const [header] = all('fileDesc');
  const [body] = all('body');
  const title = header && content(all('title', header)[0]);
  const abstract = content(all('abstract')[0]);
  return {
    counts: false,
    ...(title ? { title } : {}),
    ...(abstract ? { abstract } : {}),
    ...(body
      ? { headings: all('head', body).map((one) => ({ text: content(one) ?? '', depth: 1 })) }
      : {}),
  };
}

/** The first entry. */
function bibtex(text: string): Truth {
  const fields = new Map<string, string>();
  for (const match of text.matchAll(/(\w+)\s*=\s*\{/g)) {
    const start = match.index + match[0].length;
    let depth = 1;
    let end = start;
    while (end < text.length && depth > 0) {
      if (text[end] === '{') depth++;
      if (text[end] === '}') depth--;
      end++;
    }
    fields.set(
      match[1]!.toLowerCase(),
      text
        .slice(start, end - 1)
        .replace(/[{}]/g, '')
        .replace(/\s+/g, ' '),
    );
  }
  const [title, abstract, doi, year] = ['title', 'abstract', 'doi', 'year'].map((name) =>
    fields.get(name),
  );
  const authors = fields
    .get('author')
    ?.split(/\s+and\s+/)
    // What a publisher's page shows as a button.
    .map((name) => name.replace(/Authors Info & Claims$/, ''))
    .map(givenFirst);
  return {
    counts: true,
    ...(title ? { title } : {}),
    ...(authors ? { authors } : {}),
    ...(abstract ? { abstract } : {}),
    ...(doi ? { doi: doi.toLowerCase() } : {}),
    ...(year ? { year: Number(year) } : {}),
  };
}

function sciencePaper(json: string): Truth {
  const { title, authors, year } = JSON.parse(json) as {
    title?: string;
    authors?: string[];
    year?: number;
  };
  return {
    counts: true,
    ...(title ? { title } : {}),
    ...(authors ? { authors: authors.map(givenFirst) } : {}),
    ...(year ? { year } : {}),
  };
}

function sciencePairs(json: string): Truth {
  const pairs = JSON.parse(json) as [string, string | number][];
  const value = (name: string) => pairs.find(([key]) => key === name)?.[1];
  const [title, year] = [value('title'), value('year')];
  return {
    counts: true,
    ...(title === undefined ? {} : { title: String(title) }),
    ...(year === undefined ? {} : { year: Number(year) }),
  };
}

function givenFirst(name: string): string {
  const [family, given] = name.split(/\s*,\s*/);
  return given ? `${given} ${family}` : name;
}
