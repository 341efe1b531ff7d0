/** Which way an article speaks on the molecule in an indication, and the sentence that shows it. */
import { type DiseasePhrase, namesDisease } from './disease-names';
import { mentions, moleculePhrases } from './molecule-names';
import { type Polarity, sentencePolarity } from './polarity';
import { type Sentence, sentences } from './sentences';
import { fold, words } from './text';

export const STANCES = ['supports', 'contradicts', 'unclear'] as const;
export type StanceKind = (typeof STANCES)[number];

export interface ArticleText {
  title: string;
  /** Sections of the abstract in order; the label as the source gives it. */
  sections: readonly { label: string | null; text: string }[];
}

/** A sentence within the title or the given section's text. */
export interface SentencePlace {
  section: number | 'title';
  start: number;
  end: number;
}

export interface Stance {
  stance: StanceKind;
  sentence: SentencePlace | null;
  /** Why, for people. */
  rule: string;
}

interface ReadSentence extends SentencePlace {
  section: number;
  polarity: Polarity;
  isConclusion: boolean;
  isSignificant: boolean;
}

/** An article read for one molecule; what it says of each indication follows without reading again. */
export interface ReadArticle {
  title: string;
  sections: readonly { label: string | null; text: string }[];
  namesMolecule: boolean;
  sentences: ReadSentence[];
  /** The title, read as a sentence: some state the finding. */
  headline: Polarity;
}

const CONCLUSION = /conclusion|interpretation|significance|implication|summary|conclude/;
const RESULTS = /result|finding|outcome/;
const METHODS =
  /method|background|objective|purpose|aim|design|patients|introduction|setting|participants|importance|context|materials/;
const CUE =
  /^(?:in (?:conclusion|summary)|taken together|collectively|overall|thus|therefore|to conclude|we conclude|conclusions?\b|these (?:results|findings|data|observations)|(?:our|the present|the) (?:results|findings|data|study) (?:suggest|indicate|demonstrate|show|provide|support|confirm)|this (?:study|trial|analysis|meta-analysis) (?:demonstrate|show|suggest|confirm|indicate|provide|support))/;
/** Headings that stand as words in an abstract of one piece: "CONCLUSIONS These data …". */
const INLINE_HEADING =
  /^(BACKGROUND|INTRODUCTION|CONTEXT|OBJECTIVES?|AIMS?|PURPOSE|METHODS?|MATERIALS AND METHODS|PATIENTS AND METHODS|DESIGN|SETTING|RESULTS?|FINDINGS|CONCLUSIONS?|INTERPRETATION|SUMMARY|SIGNIFICANCE)\b/;
const STATISTICS =
  /\bp\s*[<=>]|\bhr\b|hazard ratio|odds ratio|\bci\b|confidence interval|significant/;

export function readArticle(article: ArticleText, names: readonly string[]): ReadArticle {
  const phrases = moleculePhrases(names);
  const inTitle = mentions(words(article.title), phrases).length > 0;
  const comparesInTitle = /\b(?:versus|vs|compar\w+|or|after|resistan\w+)\b/.test(
    fold(article.title),
  );
  const isLabelled = article.sections.some(({ label }) => label !== null && label.trim() !== '');
  const read: ReadSentence[] = [];
  const sections = article.sections.map(({ label, text }) => ({
    label,
    text: withoutMarkup(text),
  }));
  const placed = sections.flatMap(({ label, text }, section) =>
    sentences(text).map((sentence) => ({ ...sentence, section, label: fold(label ?? ''), text })),
  );
  let heading = '';
  placed.forEach((place, i) => {
    if (!isLabelled) {
      heading = INLINE_HEADING.exec(place.text.slice(place.start, place.end))?.[1] ?? heading;
      place.label = fold(heading);
    }
    if (METHODS.test(place.label) && !RESULTS.test(place.label) && !CONCLUSION.test(place.label))
      return;
    const said = place.text.slice(place.start, place.end);
    const isConclusion =
      isLabelled || heading !== ''
        ? CONCLUSION.test(place.label)
        : CUE.test(fold(said)) || i >= placed.length - 2;
    read.push({
      section: place.section,
      start: place.start,
      end: place.end,
      isConclusion,
      isSignificant: STATISTICS.test(fold(said)),
      polarity: sentencePolarity(said, phrases, isConclusion && inTitle && !comparesInTitle),
    });
  });
  const everywhere = [article.title, ...article.sections.map(({ text }) => text)];
  return {
    title: article.title,
    sections,
    namesMolecule: everywhere.some((text) => mentions(words(text), phrases).length > 0),
    sentences: read,
    headline: sentencePolarity(withoutMarkup(article.title), phrases, false),
  };
}

/**
 * `disease` are the indication's names (`diseasePhrases`); `isIndexed` tells that the article's MeSH headings hold it.
 * A conclusion decides; results only where the conclusion says nothing. Contradicting sentences,
 * possibilities ("may") without a finding, and anything in doubt give `unclear`.
 */
export function stanceToward(
  article: ReadArticle,
  disease: readonly DiseasePhrase[],
  isIndexed: boolean,
): Stance {
  const unclear = (why: string): Stance => ({ stance: 'unclear', sentence: null, rule: why });
  if (!article.namesMolecule) return unclear('the abstract does not name the molecule');
  const isTopic = isIndexed || namesDisease(article.title, disease);
  const said = isTopic
    ? article.sentences
    : article.sentences.filter((sentence) => namesDisease(textOf(article, sentence), disease));
  if (said.length === 0 && !isTopic)
    return unclear('the indication is not what the article is about');

  const concluded = decide(said.filter(({ isConclusion }) => isConclusion));
  const found = said.filter(({ isConclusion, polarity }) => !isConclusion && polarity.named);
  if (concluded === 'mixed') return unclear('the conclusion speaks both ways');
  if (concluded) {
    const missed = found.find(({ polarity }) => polarity.rule === 'primary endpoint missed');
    if (concluded.polarity.polarity === 'positive' && missed) {
      return unclear('a positive conclusion beside a missed primary endpoint');
    }
    const { headline } = article;
    if (headline.polarity !== 'none' && headline.polarity !== concluded.polarity.polarity) {
      return unclear('title and conclusion differ');
    }
    if (!concluded.polarity.hedged) return stanceOf(concluded);
  }
  const finding = decide(found.filter(({ polarity }) => !polarity.hedged));
  if (finding === 'mixed') return unclear('the results speak both ways');
  if (concluded) {
    if (!finding) return unclear('stated as possible only');
    return finding.polarity.polarity === 'positive'
      ? stanceOf(finding)
      : unclear('conclusion and results differ');
  }
  if (finding?.isSignificant) return stanceOf(finding);
  const { headline } = article;
  if (headline.polarity !== 'none' && !headline.hedged && isTopic) {
    const agrees = !finding || finding.polarity.polarity === headline.polarity;
    if (agrees) {
      const start = article.title.length - article.title.trimStart().length;
      const place = { section: 'title', start, end: article.title.trimEnd().length } as const;
      return stanceOf({ polarity: headline, ...place });
    }
  }
  if (finding) return unclear('no conclusion and no test stated');
  return unclear(
    article.sections.length === 0 ? 'no abstract to read' : 'no sentence states efficacy',
  );
}

const ESCAPES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

/** Tags and escapes, as some sources leave them in strings, blanked at equal length: places stay true. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?[A-Za-z][^<>]*>/g, (tag) => ' '.repeat(tag.length))
    .replace(/&(?:lt|gt|amp|quot);/g, (entity) => ESCAPES[entity]!.padEnd(entity.length));
}

/** The sentence that decides, `mixed` where sentences disagree, null where none speaks. */
function decide(said: readonly ReadSentence[]): ReadSentence | 'mixed' | null {
  const positive = said.filter(({ polarity }) => polarity.polarity === 'positive');
  const negative = said.filter(({ polarity }) => polarity.polarity === 'negative');
  if (positive.length > 0 && negative.length > 0) return 'mixed';
  const speaking = positive.length > 0 ? positive : negative;
  return (
    speaking.find(({ polarity }) => polarity.named && !polarity.hedged) ??
    speaking.find(({ polarity }) => !polarity.hedged) ??
    speaking[0] ??
    null
  );
}

function stanceOf({
  polarity,
  section,
  start,
  end,
}: SentencePlace & { polarity: Polarity }): Stance {
  return {
    stance: polarity.polarity === 'positive' ? 'supports' : 'contradicts',
    sentence: { section, start, end },
    rule: polarity.rule,
  };
}

function textOf(
  article: ReadArticle,
  { section, start, end }: Sentence & { section: number },
): string {
  return article.sections[section]!.text.slice(start, end);
}
