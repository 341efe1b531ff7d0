/**
 * Asks public sources: host allow-list, pace, time-outs, size limits, retries, breaker, and a record
 * of every exchange. The only door to the outside.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type PreparedRequest,
  prepareRequest,
  redirectTarget,
  sha256Hex,
  wireAddress,
} from './http/address';
import { faultExchange, readExchange } from './http/exchange';
import type { Exchange, HttpSource, SourceHttpPorts, Wait } from './http/ports';
import { LastingFault, type Retry, retryOf, wireFault } from './http/retry';
import { send, WireError, type WireResponse } from './http/send';
import { TIMING, type Timing } from './http/timing';
import { backOffMs, sleep, throttlingMs, UnansweredClock } from './http/waiting';
import {
  type Snapshot,
  SourceFault,
  type SourceHttp,
  type SourceRequest,
} from './sources/contract';

export { readExchange } from './http/exchange';
export type {
  Exchange,
  ExchangeKey,
  HttpSource,
  SourceHttpPorts,
  SourceSecrets,
  Wait,
} from './http/ports';

/** What came of one attempt. */
interface Attempt {
  exchange: Exchange;
  fault: SourceFault | null;
  snapshot: Snapshot | null;
  retry: Retry | null;
}
/** One source, asked for one step of one job. */
export function createSourceHttp(
  source: HttpSource,
  ports: SourceHttpPorts,
  timing: Timing = TIMING,
): SourceHttp {
  return new SourceAsker(source, ports, timing);
}

class SourceAsker implements SourceHttp {
  private readonly unanswered = new UnansweredClock();
  private askedWaitMs = 0;

  constructor(
    private readonly source: HttpSource,
    private readonly ports: SourceHttpPorts,
    private readonly timing: Timing,
  ) {}

  async ask(request: SourceRequest): Promise<Snapshot> {
    const prepared = prepareRequest(this.source, request);
    const { exchange, pinned } = await this.ports.replay(prepared.key);
    // What is stored is served even while the job is being cut short: the same bundle then leads to
    // the same cut again. Only a worker that shuts down stops here.
    const { signal } = this.ports;
    if (signal.aborted && !(signal.reason instanceof SourceFault)) throw signal.reason;
    if (exchange) return readExchange(exchange, this.source, prepared);
    if (pinned) throw new SourceFault('not-in-bundle', 'not in bundle');
    const deadline = this.startDeadline();
    try {
      return await this.askOutside(prepared, deadline.signal);
    } catch (error) {
      if (error instanceof Cut) {
        await this.ports.record(faultExchange(prepared.key, error.fault), { final: true });
        throw error.fault;
      }
      throw error;
    } finally {
      deadline.stop();
    }
  }

  private startDeadline(): { signal: AbortSignal; stop(): void } {
    const { deadlineAt } = this.ports.budget;
    if (deadlineAt === null) return { signal: this.ports.signal, stop() {} };
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(new SourceFault('budget', "the job's budget of seconds is used up")),
      Math.max(0, deadlineAt - Date.now()),
    );
    return {
      signal: AbortSignal.any([this.ports.signal, controller.signal]),
      stop: () => clearTimeout(timer),
    };
  }

  private async askOutside(prepared: PreparedRequest, signal: AbortSignal): Promise<Snapshot> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.attempt(prepared, signal, attempt);
      const wait = result.retry ? this.waitBefore(result, result.retry, attempt) : null;
      await this.ports.record(result.exchange, { final: wait === null });
      if (result.snapshot) return result.snapshot;
      if (wait === null) throw result.fault;
      this.ports.onWait(wait);
      if (wait.reason === 'retry-after') await this.ports.postpone(this.source.id, wait.ms);
      await this.pause(wait, signal);
    }
  }

  private async attempt(
    prepared: PreparedRequest,
    signal: AbortSignal,
    attempt: number,
  ): Promise<Attempt> {
    try {
      // Once per request: its own failed attempts must not open the breaker before its last one.
      if (attempt === 1) await this.askBreaker(signal);
      const response = await this.follow(prepared, signal);
      const exchange = responseExchange(prepared, response);
      await this.heedThrottling(response.headers);
      return this.judge(exchange, prepared, response.headers, attempt);
    } catch (error) {
      if (signal.aborted) throw cutOr(signal.reason);
      if (!(error instanceof SourceFault)) throw error;
      return {
        exchange: faultExchange(prepared.key, error),
        fault: error,
        snapshot: null,
        retry: retryOf(error, attempt, {}, this.timing),
      };
    }
  }

  private async askBreaker(signal: AbortSignal): Promise<void> {
    const { id, name } = this.source;
    if (signal.aborted || (await this.ports.breaker.allow(id))) return;
    throw new SourceFault('breaker-open', `${name} failed repeatedly and is left alone for now`);
  }

  private judge(
    exchange: Exchange,
    prepared: PreparedRequest,
    headers: IncomingHttpHeaders,
    attempt: number,
  ): Attempt {
    try {
      const snapshot = readExchange(exchange, this.source, prepared);
      this.askedWaitMs = 0;
      return { exchange, fault: null, snapshot, retry: null };
    } catch (fault) {
      if (!(fault instanceof SourceFault)) throw fault;
      return {
        exchange,
        fault,
        snapshot: null,
        retry: retryOf(fault, attempt, headers, this.timing),
      };
    }
  }

  /** Sends the request and follows redirects within the source's hosts. Throws SourceFault. */
  private async follow(prepared: PreparedRequest, signal: AbortSignal): Promise<WireResponse> {
    let { url, method } = prepared.key;
    let body = prepared.body;
    for (let redirects = 0; ; redirects += 1) {
      const wire = wireAddress(url, this.source.id, this.ports);
      const response = await this.sendOnce(wire, method, body, prepared.accept, signal);
      const { location } = response.headers;
      if (!REDIRECTS.includes(response.status) || !location) return response;
      if (redirects === this.timing.maxRedirects) {
        throw new LastingFault('redirect', `${this.source.name} redirected too many times`);
      }
      await this.ports.record(responseExchange(prepared, response), { final: false });
      url = redirectTarget(this.source, location, wire, this.ports.baseUrl);
      // RFC 9110, section 15.4: 307 and 308 keep the method, the others turn a POST into a GET.
      if (method === 'POST' && response.status < 307) {
        method = 'GET';
        body = null;
      }
    }
  }

  private async sendOnce(
    url: URL,
    method: 'GET' | 'POST',
    body: PreparedRequest['body'],
    accept: string,
    signal: AbortSignal,
  ): Promise<WireResponse> {
    const { id, name } = this.source;
    if (signal.aborted) throw signal.reason;
    if (!(await this.ports.budget.takeRequest())) {
      throw new SourceFault('budget', "the job's budget of requests is used up");
    }
    await this.waitForTurn(signal);
    const leftMs = this.timing.patienceMs - this.unanswered.elapsedMs;
    const limitMs = Math.max(leftMs, this.timing.probeMs);
    this.unanswered.start();
    try {
      const response = await send({
        url,
        method,
        headers: {
          accept,
          'user-agent': this.userAgent(),
          ...(body && { 'content-type': body.contentType }),
          ...(body && { 'content-length': String(body.bytes.length) }),
        },
        body: body?.bytes ?? null,
        limits: {
          connectTimeoutMs: Math.min(this.timing.connectTimeoutMs, limitMs),
          headTimeoutMs: Math.min(this.timing.headTimeoutMs, limitMs),
          totalTimeoutMs: Math.min(this.timing.totalTimeoutMs, limitMs),
          maxBodyBytes: this.timing.maxBodyBytes,
        },
        publicOnly: this.ports.baseUrl === null,
        signal,
      });
      this.unanswered.reset();
      await this.ports.breaker.report(id, response.status < 500);
      return response;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      await this.ports.breaker.report(id, error.problem === 'too-large');
      throw wireFault(error, name, this.timing.maxBodyBytes);
    } finally {
      this.unanswered.stop();
    }
  }

  private async waitForTurn(signal: AbortSignal): Promise<void> {
    const { id, name } = this.source;
    for (let turn = 1; ; turn += 1) {
      const askedAt = performance.now();
      const { waitMs } = await this.ports.takeSlot(id);
      if (waitMs >= this.timing.tellWaitFromMs) {
        const message = `Waiting ${seconds(waitMs)} for our turn at ${name}`;
        this.ports.onWait({ reason: 'pace', ms: waitMs, message });
      }
      await sleep(waitMs, signal);
      const lateMs = performance.now() - askedAt - waitMs;
      if (lateMs <= this.timing.maxLateMs || turn === this.timing.maxTurns) return;
    }
  }

  /** The wait before the next attempt, or null when patience is at its end. */
  private waitBefore(result: Attempt, retry: Retry, attempt: number): Wait | null {
    const { name } = this.source;
    if (retry.after === 'asked') {
      this.askedWaitMs += retry.ms;
      if (this.askedWaitMs > this.timing.maxAskedWaitMs) return null;
      const message = `${name} asks us to wait ${seconds(retry.ms)}`;
      return { reason: 'retry-after', ms: retry.ms, message };
    }
    const ms = backOffMs(attempt, retry.baseMs);
    if (this.unanswered.elapsedMs + ms >= this.timing.patienceMs) return null;
    const message = `${result.fault?.message ?? name}; asking again in ${seconds(ms)}`;
    return { reason: 'back-off', ms, message };
  }

  private async pause(wait: Wait, signal: AbortSignal): Promise<void> {
    const counts = wait.reason === 'back-off';
    if (counts) this.unanswered.start();
    try {
      await sleep(wait.ms, signal);
    } catch (reason) {
      throw cutOr(reason);
    } finally {
      if (counts) this.unanswered.stop();
    }
  }

  private async heedThrottling(headers: IncomingHttpHeaders): Promise<void> {
    const ms = throttlingMs(headers);
    if (ms > 0) await this.ports.postpone(this.source.id, ms);
  }

  private userAgent(): string {
    const { contactEmail } = this.ports.secrets;
    return contactEmail ? `Phial (mailto:${contactEmail})` : 'Phial';
  }
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** The job was cut while asking. */
class Cut extends Error {
  constructor(readonly fault: SourceFault) {
    super(fault.message);
    this.name = 'Cut';
  }
}

function cutOr(reason: unknown): unknown {
  return reason instanceof SourceFault ? new Cut(reason) : reason;
}

function responseExchange(prepared: PreparedRequest, response: WireResponse): Exchange {
  return {
    ...prepared.key,
    status: response.status,
    error: null,
    contentType: response.headers['content-type'] ?? null,
    retrievedAt: new Date().toISOString(),
    sha256: sha256Hex(response.body),
    body: response.body,
  };
}

function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} s`;
}
