import { Identifier } from '@/components/ui/copy';
import { ExternalLink } from '@/components/ui/link';
import { DefinitionList } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import type { PaperView } from '@/server/papers/queries';
import { type FieldOrigin, PAPER_FIELDS, type PaperField } from '@/server/papers/schema';
import { FIELD_WORDS, ORIGIN_WORDS } from './words';

/** Each field with its value and where that comes from. */
export function FieldOrigins({ paper }: { paper: PaperView }) {
  return (
    <DefinitionList
      items={PAPER_FIELDS.map((field) => {
        const value = shown(paper, field);
        const origin = paper.fieldOrigins[field];
        return {
          term: FIELD_WORDS[field],
          value: value && (
            <>
              <span className="whitespace-pre-line">{value}</span>
              {origin && <Whence origin={origin} />}
            </>
          ),
        };
      })}
    />
  );
}

function Whence({ origin: { from, at, by, url } }: { origin: FieldOrigin }) {
  const words = ORIGIN_WORDS[from];
  return (
    <span className="block text-xs text-ink-2">
      {url?.startsWith('https://') ? <ExternalLink href={url}>{words}</ExternalLink> : words}
      {by && ` by ${by}`}, <Time at={at} />
    </span>
  );
}

function shown(paper: PaperView, field: PaperField) {
  switch (field) {
    case 'authors':
      return paper.authors.length === 0 ? null : paper.authors.map(({ name }) => name).join(', ');
    case 'doi':
    case 'articleDoi': {
      const doi = paper[field];
      return (
        doi && <Identifier value={doi} label="DOI" href={`https://doi.org/${encodeURI(doi)}`} />
      );
    }
    case 'arxivId':
      return (
        paper.arxivId && (
          <Identifier
            value={paper.arxivId}
            label="arXiv id"
            href={`https://arxiv.org/abs/${encodeURI(paper.arxivId)}`}
          />
        )
      );
    default:
      return paper[field];
  }
}
