import { registerOTel } from '@vercel/otel';
import { webEnv } from '@/server/env';

/** Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says; nowhere without it. */
export function register(): void {
  if (webEnv().OTEL_EXPORTER_OTLP_ENDPOINT) registerOTel({ serviceName: 'phial-web' });
}
