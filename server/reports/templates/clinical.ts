/** Sentences about registered trials. */
import { TRIAL_FIELDS } from '../derivations/trial-fields';
import type { Templates } from './template';

const { nct, title, whyStopped, sponsor, measure } = TRIAL_FIELDS;
const section = 'clinical';

export const CLINICAL: Templates = {
  'trials.found@1': {
    section,
    pattern: 'Registered trials that name the molecule: {count}.',
    countsAll: 'trial',
  },
  'trials.none@1': {
    section,
    pattern: 'ClinicalTrials.gov answered that it lists no trial of {name} (total: {total}).',
    absenceIn: 'clinicaltrials',
  },
  'trials.stopped@1': {
    section,
    pattern: 'Trials terminated, withdrawn or suspended: {count}.',
  },
  'trial.stopped@1': {
    section,
    pattern:
      'Stopped trial {nct}: {title}[[ ({phase})]], {status}[[; the registry states “{why}”]][[, read as {class}]][[; completion date {ended}]][[; {enrolment} {enrolled}]][[; {results}]].',
    fields: { nct, title, why: whyStopped },
  },
  'trial.listed@1': {
    section,
    pattern:
      'Trial {nct}: {title}[[ ({phase})]], {status}[[, led by {sponsor}]][[; started {started}]][[; completion date {ended}]][[; {enrolment} {enrolled}]][[; {results}]].',
    fields: { nct, title, sponsor },
  },
  'trial.analysis@1': {
    section,
    pattern:
      'In {nct} a posted analysis of the primary outcome “{measure}” reports[[ p {p}]][[ {parameter} {estimate}]][[ with an interval from {low} to {high}]].',
    fields: { nct, measure },
  },
};
