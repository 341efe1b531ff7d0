export {
  CONTROL_CHANNEL,
  cancelJob,
  chooseCompound,
  finishJob,
  jobControlState,
  retryJob,
  stopJob,
} from './control';
export {
  admitJobs,
  asOwner,
  beginStep,
  endStep,
  failJob,
  forgetEvidence,
  nudgeJob,
  quietJobs,
  type Running,
  retryLater,
  type Shares,
  StepSuperseded,
  stepOutcome,
} from './machine';
export { submitMolecule } from './submit';
