/** What papers call their parts. */
import type { SectionKind } from '@/server/papers/reading';

const NAMES: [SectionKind, RegExp][] = [
  [
    'abstract',
    /^(?:structured |graphical )?(?:abstract|summary)$|^(?:zusammenfassung|résumé|resumen)$/,
  ],
  [
    'introduction',
    /^(?:general )?introduction(?: and .*)?$|^introduction and (?:background|motivation)$/,
  ],
  [
    'background',
    /^(?:background|related works?|literature review|preliminaries|prior work|theoretical background|background and .*|motivation|state of the art)$/,
  ],
  [
    'methods',
    /^(?:(?:materials?|patients?|subjects?|participants?|data|animals?) and )?methods?(?:ology|ologies)?(?: and (?:materials?|data|procedures?|design))?$|^(?:experimental|statistical|research|study)(?: (?:methods?|procedures?|section|setup|set-up|design|analys[ei]s|details|settings?))$|^experimental$|^methodology$|^(?:data|experiments?|experimental evaluation|study design|statistical analys[ei]s|data collection|data analys[ei]s|study population|search strategy.*|proposed (?:method|approach)|implementation|model|our approach|online methods|materials)$/,
  ],
  [
    'results',
    /^(?:main |experimental |empirical )?(?:results?|findings|evaluation|outcomes)(?: and (?:discussions?|analys[ei]s|evaluation))?$|^(?:experiments and results|empirical evaluation)$/,
  ],
  [
    'discussion',
    /^(?:general )?discussions?(?: and (?:conclusions?|future work|limitations|implications))?$|^(?:limitations?(?: and .*)?|strengths and limitations|threats to validity)$/,
  ],
  [
    'conclusion',
    /^(?:summary and )?(?:conclusions?|concluding remarks|final remarks)(?: and .*)?$|^(?:conclusions?,? .*|outlook|future works?|summary and outlook|closing remarks)$/,
  ],
  [
    'acknowledgements',
    /^(?:acknowledge?ments?|funding(?: .*)?|financial support|(?:authors?['’]? ?)?contributions?|author details|authors['’] contributions|competing interests?|conflicts? of interests?.*|declarations?(?: .*)?|disclosures?|ethics (?:statement|approval).*|data availability(?: statement)?|availability of data.*|consent .*|author information|list of abbreviations|abbreviations)$/,
  ],
  [
    'references',
    /^(?:references?(?: and notes)?|bibliography|literature cited|works cited|literature|cited references|referências|literatur|reference list)$/,
  ],
  [
    'appendix',
    /^(?:appendi(?:x|ces)\b.*|supplement(?:ary|al)(?: .*)?|supporting information.*|additional files?)$/,
  ],
];

/** Without number and end mark, in lower case; letters that were set apart brought together. */
export function headingText(text: string): string {
  const bare = text
    .replace(/^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.?|[A-H]\.)\s+/u, '')
    .replace(/[.:—–-]+$/, '')
    .trim();
  const isSpaced = /^(?:\p{Lu}{1,3} )+\p{Lu}{1,3}$/u.test(bare);
  return (isSpaced ? bare.replace(/ /g, '') : bare)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace('&', 'and');
}

/** Null for a name that could stand for anything. */
export function knownSection(name: string): SectionKind | null {
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}
