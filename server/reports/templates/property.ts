/** Sentences about patents, approvals and who is active. */
import type { Templates } from './template';

export const PROPERTY: Templates = {
  'patents.found@1': {
    section: 'patents',
    pattern: 'Patent documents that name the molecule: {count}. A listing, not a legal opinion.',
    countsAll: 'patent',
  },
  'patents.none@1': {
    section: 'patents',
    pattern:
      'Europe PMC answered that it lists no patent document for {name} (total: {total}). A listing, not a legal opinion.',
    absenceIn: 'europepmc',
  },
  'patent.listed@1': {
    section: 'patents',
    pattern: '{number}[[, published {published}]]: {title}[[; applicant: {applicants}]].',
  },
  'approval.listed@1': {
    section: 'market',
    pattern:
      'US application {number}[[ of {sponsor}]][[, first approved {approved}]][[; products: {products}]].',
  },
  'trials.active@1': {
    section: 'market',
    pattern: 'Trials planned or under way that are led by {sponsors}: {count}.',
  },
};
