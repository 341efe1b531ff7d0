/** A list as one person saw it, and what that person said of it. */
export interface Session {
  /** Who, so that nobody weighs more than another. */
  voter: string;
  /** In the usual order. */
  items: {
    id: string;
    /** From 0, as it was shown. */
    position: number;
    features: readonly number[];
    /** Stands before the others, whatever is learned. */
    isAlarm?: boolean;
    vote: 1 | -1 | 0;
  }[];
  /** Position, from 0, of the upper of two neighbours whose order was drawn by lot; null: none was. */
  pairAt: number | null;
}

/** Lists are looked at no further than this. */
export const LOOKED_AT = 50;
