/** Sentences about articles, and about where records disagree or say nothing. */
import { ARTICLE_FIELDS } from '../derivations/article';
import type { Templates } from './template';

const work = '{title}[[ ({journal})]][[, {year}]]';

export const LITERATURE: Templates = {
  'articles.found@1': {
    section: 'literature',
    pattern: 'Articles found: {count}.',
    countsAll: 'article',
  },
  'articles.none@1': {
    section: 'literature',
    pattern: 'PubMed answered that it lists no article on {name} (total: {total}).',
    absenceIn: 'pubmed',
  },
  'article.speaks@1': {
    section: 'literature',
    pattern: `${work}, {stance} the use of the molecule in {indication}[[: “{quote}”]] (evidence level: {level}; {standing}).`,
    fields: { title: ARTICLE_FIELDS.title },
  },
  'article.retracted@1': {
    section: 'literature',
    pattern: `${work} is {state}: it has no evidence level and counts for nothing.`,
    fields: { title: ARTICLE_FIELDS.title },
  },
  'gap.contradiction@1': {
    section: 'gaps',
    pattern:
      '{indication}: the literature disagrees. Articles for: {supporting}, against: {contradicting}.',
  },
  'gap.unreported@1': {
    section: 'gaps',
    pattern: 'Completed trials without posted results: {count}.',
  },
};
