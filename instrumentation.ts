import { registerOTel } from '@vercel/otel';
import { webEnv } from '@/server/env';
import { guardServers } from '@/server/http/door';
import { warmUp } from '@/server/warm-up';

/** What the web process does before its first request. Traces go nowhere unless it is said where. */
export function register(): void {
  const env = webEnv();
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT) registerOTel({ serviceName: 'phial-web' });
  guardServers({
    publicOrigin: new URL(env.NEXTAUTH_URL).origin,
    corsOrigins: env.CORS_ORIGINS ?? [],
    trustedProxies: env.TRUSTED_PROXIES ?? 0,
  });
  void warmUp();
}
