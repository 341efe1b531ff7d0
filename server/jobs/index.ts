export {
  CONTROL_CHANNEL,
  cancelJob,
  chooseCompound,
  finishJob,
  jobControlState,
  retryJob,
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
  StepSuperseded,
} from './machine';
export { submitMolecule } from './submit';
