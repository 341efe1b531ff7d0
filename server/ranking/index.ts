export { type RankerHistory, rankerHistory } from './history';
export { type RankingView, rankingOf, recordImpression } from './order';
export { queueTraining, trainRanker } from './train-ranker';
