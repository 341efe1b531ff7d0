import { cache } from 'react';
import { forPage } from '@/app/page-context';
import { getPaper } from '@/server/papers';

/** The paper of this address, read once a request however many parts of the page need it. */
export const loadPaper = cache((paperId: string) => forPage((ctx) => getPaper({ ctx, paperId })));
