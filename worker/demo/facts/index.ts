/** The molecules of the demonstration; the first is the one that the first sign-in submits. */
import { aspirin } from './aspirin';
import { imatinib } from './imatinib';
import { sildenafil } from './sildenafil';
import type { MoleculeFacts } from './types';

export const DEMO_FACTS: readonly MoleculeFacts[] = [sildenafil, imatinib, aspirin];
