export { flag, withdrawFlag } from './flag';
export { feedbackOfJob } from './queries';
export { decideFlag, type FlagView, listFlags } from './review';
export { type FeedbackStats, feedbackStats } from './stats';
export { vote } from './vote';
