/** The only reader of the environment. Checked when web and worker start; image builds need none of it. */
import { z } from 'zod';
import { weakSecrets, withFiles } from './secrets';

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .transform((v) => v === '1' || v === 'true')
  .optional();
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((v) => (v === '' ? undefined : v), type.optional());
const url = z.url();
const ms = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const shared = {
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  DATABASE_DIRECT_URL: z.string().min(1),
  STORAGE_URL: z.string().regex(/^(file:|s3:\/\/)/, 'file:… or s3://…'),
  /** An OpenAI-compatible endpoint for vectors of text; without one they come from the papers themselves. */
  EMBED_BASE_URL: optional(url),
  EMBED_API_KEY: optional(z.string()),
  EMBED_MODEL: optional(z.string()),
};

/** Optional; behind cache and limits. */
const redis = {
  REDIS_URL: optional(url),
  /** Used where REDIS_URL is empty. */
  REDIS_HOST: optional(z.string()),
  REDIS_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
  REDIS_DB: optional(z.coerce.number().int().min(0)),
  REDIS_PASSWORD: optional(z.string()),
  /** Without it everything is computed anew. */
  CACHE_ENABLED: optional(z.enum(['0', '1', 'true', 'false']).transform((v) => /1|true/.test(v))),
};

const list = optional(
  z.string().transform((v) =>
    v
      .split(/[\s,]+/)
      .map((part) => part.replace(/\/$/, ''))
      .filter(Boolean),
  ),
);

const webSchema = z.object({
  ...shared,
  ...redis,
  DATABASE_URL: z.string().min(1),
  NEXTAUTH_SECRET: z.string().min(32, 'at least 32 characters, e.g. openssl rand -base64 48'),
  NEXTAUTH_URL: url,
  /** Who may make an account: whoever is invited, or anyone. The first person may in any case. */
  REGISTRATION: z.preprocess(
    (v) => (v === '' ? undefined : v),
    z.enum(['invited', 'open']).default('invited'),
  ),
  /** Where mail goes: a server, or `file:/a/folder` that keeps it. Without it nothing is mailed. */
  SMTP_URL: optional(z.string().regex(/^(smtps?:|file:)/, 'smtp://…, smtps://… or file:/a/folder')),
  MAIL_FROM: z.preprocess(
    (v) => (v === '' ? undefined : v),
    z.string().default('Phial <phial@localhost>'),
  ),
  /** An identity provider to sign in with (OpenID Connect); its callback is <address>/api/auth/callback/oidc. */
  OIDC_ISSUER: optional(url),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  /** What the sign-in page calls it. */
  OIDC_NAME: optional(z.string().max(60)),
  /** Other origins whose pages may call the API with a key (`https://tool.example`), by commas. */
  CORS_ORIGINS: list,
  /** Proxies before this server, each of which adds to X-Forwarded-For. */
  TRUSTED_PROXIES: optional(z.coerce.number().int().min(0).max(10)),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url),
});

const workerSchema = z.object({
  ...shared,
  ...redis,
  SOURCES_BASE_URL: optional(url),
  NCBI_API_KEY: optional(z.string()),
  OPENFDA_API_KEY: optional(z.string()),
  CONTACT_EMAIL: optional(z.email()),
  LLM_BASE_URL: optional(url),
  LLM_API_KEY: optional(z.string()),
  LLM_MODEL: optional(z.string()),
  /** Tasks one worker process works on at a time; they mostly wait for sources. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(24),
  /** Jobs of one workspace that run at a time; the others wait their turn. */
  WORKSPACE_ACTIVE_JOBS: z.coerce.number().int().min(1).default(4),
  /** Papers that one worker process reads at a time: each takes a processor and up to 1 GB. */
  PAPER_READERS: z.coerce.number().int().min(1).max(64).default(2),
  /** Papers of one workspace that are read at a time; the others wait their turn. */
  WORKSPACE_ACTIVE_PAPERS: z.coerce.number().int().min(1).default(4),
  WORKER_HEARTBEAT_MS: ms(4_000),
  /** A worker silent for so long counts as dead and its tasks are taken over. */
  WORKER_DEAD_AFTER_MS: ms(16_000),
  /** Sources are not paced: for benchmarks of the machine itself, against loopback only. */
  SOURCES_UNPACED: flag,
});

export type WebEnv = z.infer<typeof webSchema>;
export type WorkerEnv = z.infer<typeof workerSchema>;

/** Names of all settings, for the test that keeps `.env.example` complete. */
export const ENV_NAMES = [
  ...new Set([...Object.keys(webSchema.shape), ...Object.keys(workerSchema.shape)]),
];

function parse<T extends z.ZodObject>(schema: T, name: string): z.infer<T> {
  const given = withFiles(process.env, Object.keys(schema.shape));
  const result = schema.safeParse(given);
  const problems = result.success
    ? weakSecrets(given)
    : result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
  if (result.success && problems.length === 0) return result.data;
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  throw new Error(`The ${name} cannot start, these settings are wrong:\n${lines}`);
}

let web: WebEnv | undefined;
let worker: WorkerEnv | undefined;
export const webEnv = (): WebEnv => (web ??= parse(webSchema, 'web server'));
export const workerEnv = (): WorkerEnv => (worker ??= parse(workerSchema, 'worker'));

/** The Redis to use, in whichever way it is named; undefined when there is none. */
export function redisUrl(
  env: Pick<WebEnv, 'REDIS_URL' | 'REDIS_HOST' | 'REDIS_PORT' | 'REDIS_DB' | 'REDIS_PASSWORD'>,
): string | undefined {
  if (env.REDIS_URL || !env.REDIS_HOST) return env.REDIS_URL;
  const address = new URL(`redis://${env.REDIS_HOST}:${env.REDIS_PORT ?? 6_379}`);
  if (env.REDIS_PASSWORD) address.password = encodeURIComponent(env.REDIS_PASSWORD);
  if (env.REDIS_DB !== undefined) address.pathname = `/${env.REDIS_DB}`;
  return address.href;
}
