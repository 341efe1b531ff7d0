/** Understands one article: standing, level, and its stance toward each candidate it speaks of. */
import { type EvidenceOf, said } from '@/server/evidence/schema';
import {
  type DiseaseIndex,
  type DiseasePhrase,
  exactKey,
} from '@/server/evidence/understand/disease-names';
import { generality, isMeshDescriptor, ownKeys } from '@/server/evidence/understand/indications';
import { articleLevel } from '@/server/evidence/understand/level';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { retractionState } from '@/server/evidence/understand/retraction';
import { readArticle as readText, stanceToward } from '@/server/evidence/understand/stance';
import type { ArticleUnderstanding } from './features';

/** What articles are held against. */
export interface ArticleTargets {
  /** Candidates by key: their name and the forms in which texts may write them. */
  diseases: ReadonlyMap<string, { name: string; phrases: readonly DiseasePhrase[] }>;
  index: DiseaseIndex;
  /** Exact name -> candidate keys, for headings that carry no id. */
  keysOfName: ReadonlyMap<string, readonly string[]>;
}

export function readArticle(
  evidence: EvidenceOf<'article'>,
  names: readonly string[],
  targets: ArticleTargets,
): ArticleUnderstanding {
  const { facts } = evidence;
  const title = said(facts.title);
  const sections = facts.abstract.map(({ label, text }) => ({
    label: said(label),
    text: said(text),
  }));
  const publicationTypes = facts.publicationTypes.map((type) => said(type));
  const retraction = retractionState(
    publicationTypes,
    facts.notices?.map(({ type }) => said(type)) ?? null,
  );
  const headings = facts.mesh.map(({ id, term }) => ({ id: said(id), term: said(term) }));
  const level = articleLevel(
    {
      publicationTypes,
      mesh: headings.map(({ term }) => term),
      title,
      abstract: sections.map(({ text }) => text).join(' '),
    },
    retraction === 'retracted',
  );
  const text = readText({ title, sections }, names);
  const isAboutMolecule =
    text.namesMolecule ||
    [...facts.substances, ...facts.mesh].some(({ term }) => namesMolecule(said(term), names));

  const indexed = new Set(
    headings.flatMap(({ id, term }) =>
      id !== null && isMeshDescriptor(id) && targets.diseases.has(id)
        ? [id]
        : (targets.keysOfName.get(exactKey(term)) ?? []),
    ),
  );
  const named = targets.index.namedIn(
    [title, ...sections.map((section) => section.text)].join('\n'),
  );
  const about = isAboutMolecule ? ownAmong(new Set([...indexed, ...named]), indexed, targets) : [];
  return {
    kind: 'article',
    evidenceId: evidence.id,
    retraction,
    level: level.level,
    levelRule: level.rule,
    namesMolecule: isAboutMolecule,
    stances: about.map((candidate) => ({
      candidate,
      ...stanceToward(text, targets.diseases.get(candidate)!.phrases, indexed.has(candidate)),
    })),
  };
}

/** The most specific of the diseases spoken of; whole fields of medicine only where indexed so. */
function ownAmong(
  keys: ReadonlySet<string>,
  indexed: ReadonlySet<string>,
  { diseases }: ArticleTargets,
): string[] {
  const spoken = [...keys].flatMap((key) => {
    const name = diseases.get(key)?.name;
    if (name === undefined || (generality(name) === 'broad' && !indexed.has(key))) return [];
    return [{ key, name }];
  });
  return ownKeys(spoken);
}
