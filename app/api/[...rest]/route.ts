import { randomUUID } from 'node:crypto';
import { answerProblem } from '@/server/api/problem';
import { notFound } from '@/server/errors';

/** Whatever else is asked for below `/api`: said as programs read it. */
const handle = () => answerProblem(notFound('address'), randomUUID());

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
