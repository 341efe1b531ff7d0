import { pino } from 'pino';

export type Logger = ReturnType<typeof createLogger>;

/** JSON lines on standard output. Never log addresses with keys, tokens or bodies. */
export const createLogger = (name: string, level: string) => pino({ name, level });
