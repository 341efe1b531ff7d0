/** The blocks of a molecule report, in reading order. */
export const SECTIONS = [
  'decision',
  'identity',
  'candidates',
  'clinical',
  'mechanism',
  'safety',
  'literature',
  'patents',
  'market',
  'gaps',
  'score',
  'provenance',
] as const;
export type Section = (typeof SECTIONS)[number];

export const SECTION_TITLES: Record<Section, string> = {
  decision: 'Decision',
  identity: 'Identity',
  candidates: 'Repurposing candidates',
  clinical: 'Clinical trials',
  mechanism: 'Mechanism and targets',
  safety: 'Safety',
  literature: 'Literature',
  patents: 'Intellectual property',
  market: 'Market',
  gaps: 'Contradictions and gaps',
  score: 'Why this score',
  provenance: 'Provenance',
};
