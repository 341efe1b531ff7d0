'use client';

import { Disclosure } from '@/components/ui/disclosure';
import { ExternalLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import type { EvidenceView } from '@/server/evidence/queries';
import { type EvidenceOf, said } from '@/server/evidence/schema';
import type { ArticleUnderstanding } from '@/server/evidence/score/features';
import { Direction } from '../direction';
import { FactList, FactRow, useFact } from './facts';
import { type Mark, marked } from './marks';
import { Passage } from './passage';

type Article = EvidenceOf<'article'>;
type Stance = ArticleUnderstanding['stances'][number];

/** Standing and direction first, then the abstract with the sentences that decide marked in it. */
export function ArticleRecord({ article, view }: { article: Article; view: EvidenceView }) {
  const { facts } = article;
  const reading = view.reading?.kind === 'article' ? view.reading : null;
  const told = reading?.stances.filter(({ stance }) => stance !== 'unclear') ?? [];
  const unclear = (reading?.stances.length ?? 0) - told.length;
  const titleMarks = marksOf(told, 'title', view.indications);
  return (
    <>
      {reading && <Standing article={article} reading={reading} />}
      <FactList>
        <FactRow
          term="Journal"
          value={[said(facts.journal), said(facts.year)].filter(Boolean).join(', ') || null}
          fact="journal"
        />
        <FactRow term="Authors" value={authorsOf(article)} fact="authors.0" />
        {facts.publicationTypes.length > 0 && (
          <FactRow
            term="Kind"
            value={facts.publicationTypes.map((type) => said(type)).join(', ')}
            fact="publicationTypes.0"
          />
        )}
        <FactRow term="Numbers" value={<Numbers article={article} />} fact="pmid" />
        {facts.citedBy && <FactRow term="Cited by" value={said(facts.citedBy)} fact="citedBy" />}
        {reading && (
          <FactRow
            term="Evidence level"
            value={reading.level ?? 'not classified'}
            note={reading.levelRule}
          />
        )}
        {told.map((stance) => (
          <FactRow
            key={stance.candidate}
            term={view.indications[stance.candidate] ?? stance.candidate}
            value={<Direction stance={stance.stance} />}
            note={stance.rule}
          />
        ))}
        {unclear > 0 && (
          <FactRow
            term={told.length > 0 ? 'Others' : 'Direction'}
            value={<Direction stance="unclear" />}
            note={unclearNote(reading!, told.length, unclear, view.indications)}
          />
        )}
      </FactList>
      {titleMarks.length > 0 && (
        <p className="font-medium">
          <Marked text={said(facts.title)} marks={titleMarks} />
        </p>
      )}
      <section aria-label="Abstract">
        <h3 className="mb-1 text-sm">Abstract</h3>
        {facts.abstract.length === 0 ? (
          <p className="text-sm text-ink-2">The source gives none.</p>
        ) : (
          <div className="prose text-base!">
            {facts.abstract.map(({ label, text }, index) => (
              <AbstractSection
                // biome-ignore lint/suspicious/noArrayIndexKey: sections stand in the record's order
                key={index}
                name={`abstract.${index}.text`}
                label={said(label)}
                text={said(text)}
                marks={marksOf(told, index, view.indications)}
              />
            ))}
          </div>
        )}
      </section>
      <Terms article={article} />
    </>
  );
}

function Standing({ article, reading }: { article: Article; reading: ArticleUnderstanding }) {
  const notices = (article.facts.notices ?? [])
    .map(({ type, reference }) => [said(type), said(reference)].filter(Boolean).join(': '))
    .join('; ');
  switch (reading.retraction) {
    case 'retracted':
      return (
        <Callout tone="bad" title="Retracted: it counts for nothing">
          {notices}
        </Callout>
      );
    case 'concern':
      return (
        <Callout tone="bad" title="Under an expression of concern">
          {notices}
        </Callout>
      );
    case 'corrected':
      return <Callout title="Corrected">{notices}</Callout>;
    case 'unknown':
      return (
        <p className="text-sm text-ink-2">
          Whether it was retracted is not known: this source does not say.
        </p>
      );
    default:
      return null;
  }
}

const AUTHORS_SHOWN = 6;

function authorsOf({ facts }: Article): string | null {
  const names = facts.authors.map((author) => said(author));
  if (names.length === 0) return null;
  const more = names.length - AUTHORS_SHOWN;
  return names.slice(0, AUTHORS_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function Numbers({ article: { facts } }: { article: Article }) {
  const [pmid, doi, pmcid] = [said(facts.pmid), said(facts.doi), said(facts.pmcid)];
  const links = [
    pmid && { text: `PMID ${pmid}`, href: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` },
    doi && { text: doi, href: `https://doi.org/${encodeURIComponent(doi).replaceAll('%2F', '/')}` },
    pmcid && { text: pmcid, href: `https://pmc.ncbi.nlm.nih.gov/articles/${pmcid}/` },
  ].filter((link) => link !== null && link !== '');
  if (links.length === 0) return <span className="text-ink-3">not stated</span>;
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1.5">
      {links.map(({ text, href }) => (
        <ExternalLink
          key={href}
          href={href}
          className="inline-block min-h-6 font-mono text-[0.95em]"
        >
          {text}
        </ExternalLink>
      ))}
    </span>
  );
}

function unclearNote(
  { stances, namesMolecule }: ArticleUnderstanding,
  told: number,
  unclear: number,
  indications: Readonly<Record<string, string>>,
): string {
  if (!namesMolecule) return 'title, abstract and index terms do not name the molecule';
  const names = stances
    .filter(({ stance }) => stance === 'unclear')
    .slice(0, 4)
    .map(({ candidate }) => indications[candidate] ?? candidate);
  const rest = unclear - names.length;
  const whose = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const [first] = stances;
  return told === 0 && first ? `${whose}: ${first.rule}` : whose;
}

const marksOf = (
  stances: readonly Stance[],
  section: number | 'title',
  indications: Readonly<Record<string, string>>,
): Mark[] =>
  stances.flatMap(({ sentence, stance, candidate }) =>
    sentence?.section === section && stance !== 'unclear'
      ? [
          {
            start: sentence.start,
            end: sentence.end,
            stance,
            of: indications[candidate] ?? candidate,
          },
        ]
      : [],
  );

/** A section in full, or said to be missing; then nothing is marked. */
function AbstractSection({
  name,
  label,
  text,
  marks,
}: {
  name: string;
  label: string | null;
  text: string;
  marks: Mark[];
}) {
  const fact = useFact(name);
  if (fact?.surroundings.state === 'missing') return <Passage {...fact} />;
  return (
    <p>
      {label && <span className="mr-1.5 text-sm font-medium text-ink-2">{label}</span>}
      <Marked text={text} marks={marks} />
    </p>
  );
}

function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  return marked(text, marks).map(({ from, words, mark }) =>
    mark ? (
      <mark
        key={from}
        title={`${mark.stance}: ${mark.of}`}
        className={
          mark.stance === 'supports'
            ? 'border-b-2 border-accent bg-mark text-ink'
            : 'border-b-2 border-dashed border-bad bg-bad-wash text-ink'
        }
      >
        <span className="sr-only">({mark.stance}) </span>
        {words}
      </mark>
    ) : (
      <span key={from}>{words}</span>
    ),
  );
}

function Terms({ article: { facts } }: { article: Article }) {
  const terms = [...facts.mesh, ...facts.substances];
  if (terms.length === 0) return null;
  return (
    <Disclosure summary={`Index terms and substances (${terms.length})`}>
      <p className="text-sm text-ink-2">{terms.map(({ term }) => said(term)).join('; ')}</p>
    </Disclosure>
  );
}
