export { admitJobs, type Shares } from './admission';
export {
  CONTROL_CHANNEL,
  cancelJob,
  chooseCompound,
  finishJob,
  jobControlState,
  retryJob,
  stopJob,
} from './control';
export { nudgeJob, quietJobs } from './machine';
export {
  asOwner,
  beginStep,
  endStep,
  failJob,
  forgetEvidence,
  type Running,
  retryLater,
  StepSuperseded,
  stepOutcome,
} from './steps';
export { submitMolecule } from './submit';
