/** Sentences about registered trials. */
import { TRIAL_FIELDS } from '../derivations/trial-fields';
import type { Templates } from './template';

const { nct, title, whyStopped, enrolment, sponsor, measure } = TRIAL_FIELDS;
const fields = { nct, title, why: whyStopped, enrolment, sponsor, measure };
const section = 'clinical';

export const CLINICAL: Templates = {
  'trials.found@1': {
    section,
    pattern: 'Registered trials that name the molecule: {count}.',
  },
  'trials.none@1': {
    section,
    pattern: 'ClinicalTrials.gov answered that it lists no trial of {name} (total: {total}).',
  },
  'trials.stopped@1': {
    section,
    pattern: 'Trials terminated, withdrawn or suspended: {count}.',
  },
  'trial.stopped@1': {
    section,
    pattern:
      '{nct} ended before its plan: {title}[[ ({phase})]] was {status}[[ ({ended})]][[; the registry states “{why}”]][[, which is read as {class}]][[; {enrolment} {enrolled}]][[; {results}]].',
    fields,
  },
  'trial.listed@1': {
    section,
    pattern:
      '{nct}: {title}[[ ({phase})]], {status}[[, started {started}]][[, completed or due {ended}]][[; {enrolment} {enrolled}]][[; {results}]][[; led by {sponsor}]].',
    fields,
  },
  'trial.analysis@1': {
    section,
    pattern:
      'In {nct} a posted analysis of the primary outcome “{measure}” reports[[ p {p}]][[ {parameter} {estimate}]][[ with an interval from {low} to {high}]].',
    fields,
  },
};
