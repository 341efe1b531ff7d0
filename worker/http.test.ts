import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createSourceHttp, type HttpSource, type SourceHttpPorts } from './http';
import { isPublicAddress } from './http/address';
import { memoryPorts, pinnedTo, startTestSource, type TestSource } from './http/testing';
import { TIMING } from './http/timing';
import { SourceFault } from './sources/contract';

const SOURCE: HttpSource = { id: 'openfda', name: 'openFDA', hosts: ['api.fda.gov'] };
const URL_ASKED = 'https://api.fda.gov/drug/label.json?search=a+b&limit=5';
/** The shipped settings, many times faster and smaller. */
const FAST = {
  ...TIMING,
  connectTimeoutMs: 250,
  headTimeoutMs: 300,
  totalTimeoutMs: 600,
  maxBodyBytes: 1_000_000,
  patienceMs: 900,
  probeMs: 20,
  backOffBaseMs: 5,
  backOffLimitedMs: 20,
};

const open: TestSource[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((source) => source.close()));
});

type Handler = Parameters<typeof startTestSource>[number];
async function sourceThat(...handlers: Handler[]): Promise<TestSource> {
  const source = await startTestSource(...handlers);
  open.push(source);
  return source;
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

async function faultOf(promise: Promise<unknown>): Promise<SourceFault> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceFault)) throw new Error(`no fault but ${String(error)}`);
  return error;
}

const plainFault = (fault: SourceFault) => ({ kind: fault.kind, message: fault.message });

describe('an answer', () => {
  test('is recorded under its public address, without keys, and read from its bytes', async () => {
    const source = await sourceThat(json({ results: [{ x: 'ä' }] }));
    const ports = memoryPorts({
      baseUrl: source.baseUrl,
      secrets: { ncbiApiKey: 'n', openfdaApiKey: 'secret-key', contactEmail: 'lab@example.org' },
    });
    const snapshot = await createSourceHttp(SOURCE, ports).ask({
      url: 'https://api.fda.gov/drug/label.json?search=b&limit=5&api_key=mine&email=e#part',
    });

    expect(source.received[0]?.url).toBe(
      '/openfda/drug/label.json?limit=5&search=b&api_key=secret-key',
    );
    expect(source.received[0]?.headers['user-agent']).toContain('lab@example.org');
    const body = Buffer.from('{"results":[{"x":"ä"}]}');
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(ports.recorded).toEqual([
      {
        final: true,
        exchange: {
          source: 'openfda',
          method: 'GET',
          url: 'https://api.fda.gov/drug/label.json?limit=5&search=b',
          requestBodySha256: null,
          status: 200,
          error: null,
          contentType: 'application/json',
          retrievedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          sha256,
          body,
        },
      },
    ]);
    expect(JSON.stringify(ports.recorded)).not.toMatch(/secret-key|example\.org/);
    expect(snapshot).toMatchObject({ sha256, status: 200, text: body.toString() });
    expect(snapshot.json()).toEqual({ results: [{ x: 'ä' }] });
    expect(ports.reports).toEqual([true]);
  });

  test('with a body is keyed by the hash of what was sent', async () => {
    const source = await sourceThat(json({}));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const http = createSourceHttp(SOURCE, ports);
    await http.ask({ url: URL_ASKED, body: 'smiles=C%3DO' });
    await http.ask({ url: URL_ASKED, body: { query: 'q' } });
    expect(
      source.received.map(({ method, body, headers }) => [method, body, headers['content-type']]),
    ).toEqual([
      ['POST', 'smiles=C%3DO', 'application/x-www-form-urlencoded'],
      ['POST', '{"query":"q"}', 'application/json'],
    ]);
    expect(ports.recorded.map(({ exchange }) => exchange.requestBodySha256)).toEqual([
      createHash('sha256').update('smiles=C%3DO').digest('hex'),
      createHash('sha256').update('{"query":"q"}').digest('hex'),
    ]);
  });

  test('may be compressed, keeps its byte order mark, and may be a 404 where that is an answer', async () => {
    const text = '\uFEFF{"none":true}';
    const source = await sourceThat((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.from(text)));
    });
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const snapshot = await createSourceHttp(SOURCE, ports).ask({ url: URL_ASKED, answers: [404] });
    expect(snapshot.text).toBe(text);
    expect(snapshot.status).toBe(404);
    expect(snapshot.json()).toEqual({ none: true });
    expect(snapshot.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('already stored is not asked for again, a missing one of a bundle is a fault', async () => {
    const source = await sourceThat(json({ n: 1 }));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const http = createSourceHttp(SOURCE, ports);
    const first = await http.ask({ url: URL_ASKED });
    const again = await http.ask({
      url: 'https://api.fda.gov/drug/label.json?limit=5&search=a%20b',
    });
    expect(again.sha256).toBe(first.sha256);
    expect(source.received).toHaveLength(1);

    const pinned = pinnedTo(ports);
    const replay = createSourceHttp(SOURCE, pinned);
    expect((await replay.ask({ url: URL_ASKED })).sha256).toBe(first.sha256);
    expect(plainFault(await faultOf(replay.ask({ url: 'https://api.fda.gov/other' })))).toEqual({
      kind: 'not-in-bundle',
      message: 'not in bundle',
    });
    expect(pinned.recorded).toEqual([]);
    expect(pinned.slots).toBe(0);
  });
});

describe('faults', () => {
  const cases: [string, Handler, ReturnType<typeof plainFault>, requests: number][] = [
    [
      'a body that breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"a":', () => response.destroy());
      },
      { kind: 'unreadable', message: 'openFDA sent an answer that breaks off' },
      3,
    ],
    [
      'half a JSON document',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"a": [1,');
      },
      { kind: 'unreadable', message: 'openFDA sent an answer that is not valid JSON' },
      3,
    ],
    [
      'half an XML document',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/xml; charset=UTF-8' });
        response.end('<?xml version="1.0"?><Set><One a="1">x</One><One');
      },
      { kind: 'unreadable', message: 'openFDA sent an answer that is not complete XML' },
      3,
    ],
    [
      'a page for people',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html>down for maintenance</html>');
      },
      { kind: 'unreadable', message: 'openFDA sent a web page instead of data' },
      3,
    ],
    [
      'a server error',
      json({ error: 'x' }, 500),
      { kind: 'http-status', message: 'openFDA failed (HTTP 500)' },
      4,
    ],
    [
      'a limit without a time',
      json({}, 429),
      {
        kind: 'http-status',
        message: 'openFDA limits its requests (HTTP 429) and did not let us through',
      },
      4,
    ],
    [
      'a wait that is too long',
      json({}, 503, { 'retry-after': '61' }),
      { kind: 'http-status', message: 'openFDA failed (HTTP 503)' },
      1,
    ],
    [
      'a refusal',
      json({ error: 'bad' }, 400),
      { kind: 'http-status', message: 'openFDA refused the request (HTTP 400)' },
      1,
    ],
    [
      'more bytes than announced as allowed',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const chunk = Buffer.alloc(1 << 18, ' ');
        const fill = () => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', fill);
        };
        fill();
      },
      { kind: 'too-large', message: 'openFDA sent an answer of more than 1 MB' },
      1,
    ],
    [
      'a foreign redirect',
      (_request, response) => {
        response.writeHead(302, { location: 'https://example.org/evil' });
        response.end();
      },
      {
        kind: 'redirect',
        message: 'openFDA led to an address outside its own hosts, which is not followed',
      },
      3,
    ],
    [
      'a redirect in circles',
      (_request, response) => {
        response.writeHead(302, { location: 'https://api.fda.gov/again' });
        response.end();
      },
      { kind: 'redirect', message: 'openFDA redirected too many times' },
      4,
    ],
    ['silence', () => {}, { kind: 'timeout', message: 'openFDA did not answer in time' }, 4],
    [
      'a dripping body',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { kind: 'timeout', message: 'openFDA sent its answer too slowly' },
      3,
    ],
  ];

  test.each(cases)('%s', async (_name, handler, expected, requests) => {
    const source = await sourceThat(handler);
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const fault = await faultOf(createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED }));

    expect(plainFault(fault)).toEqual(expected);
    expect(source.received.length).toBeGreaterThanOrEqual(Math.min(requests, 2));
    expect(source.received.length).toBeLessThanOrEqual(requests);
    expect(ports.recorded.filter(({ final }) => final)).toHaveLength(1);
    expect(ports.recorded.at(-1)?.final).toBe(true);
    // The same failure comes out of what was stored.
    const replayed = await faultOf(
      createSourceHttp(SOURCE, pinnedTo(ports)).ask({ url: URL_ASKED }),
    );
    expect(plainFault(replayed)).toEqual(expected);
    expect(replayed.status).toBe(fault.status);
  });

  test('nobody listening', async () => {
    const ports = memoryPorts({ baseUrl: 'http://127.0.0.1:1' });
    const fault = await faultOf(createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED }));
    expect(plainFault(fault)).toEqual({
      kind: 'unreachable',
      message: 'openFDA could not be reached',
    });
    expect(ports.reports).toEqual([false, false, false, false]);
    expect(ports.waits.map(({ reason }) => reason)).toEqual(['back-off', 'back-off', 'back-off']);
    expect(ports.recorded.at(-1)?.exchange).toMatchObject({
      status: null,
      error: 'unreachable: openFDA could not be reached',
      sha256: null,
      body: null,
    });
  });

  test('a source that takes connections and says nothing over TLS ends within its patience', async () => {
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const ports = memoryPorts({ baseUrl: `https://127.0.0.1:${port}` });
    const startedAt = performance.now();
    const fault = await faultOf(createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED }));
    expect(fault.kind).toBe('unreachable');
    expect(performance.now() - startedAt).toBeLessThan(3 * FAST.patienceMs);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test('pass when the next attempt succeeds', async () => {
    const source = await sourceThat(json({}, 500), json({ fine: true }));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const snapshot = await createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED });
    expect(snapshot.json()).toEqual({ fine: true });
    expect(ports.recorded.map(({ exchange, final }) => [exchange.status, final])).toEqual([
      [500, false],
      [200, true],
    ]);
    expect(ports.reports).toEqual([false, true]);
  });

  test('of a silent source cost its patience once, and a moment for each further question', async () => {
    const source = await sourceThat(() => {});
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const http = createSourceHttp(SOURCE, ports, FAST);
    const startedAt = performance.now();
    const kinds = [];
    for (const path of ['a', 'b', 'c', 'd', 'e']) {
      kinds.push((await faultOf(http.ask({ url: `https://api.fda.gov/${path}` }))).message);
    }
    const tookMs = performance.now() - startedAt;
    expect(new Set(kinds)).toEqual(new Set(['openFDA did not answer in time']));
    // Five times its patience would be far more.
    expect(tookMs).toBeLessThan(3 * FAST.patienceMs);
    expect(ports.recorded.filter(({ final }) => final)).toHaveLength(5);
  });

  test('shipped settings fail a silent source with six questions within 30 s', () => {
    expect(TIMING.patienceMs + 6 * TIMING.probeMs).toBeLessThanOrEqual(28_000);
  });

  test('an address of another host is never asked', async () => {
    const source = await sourceThat(json({}));
    const http = createSourceHttp(SOURCE, memoryPorts({ baseUrl: source.baseUrl }));
    for (const url of [
      'https://example.org/x',
      'http://api.fda.gov/x',
      'https://api.fda.gov:8443/x',
      'https://me:pw@api.fda.gov/x',
    ]) {
      expect((await faultOf(http.ask({ url }))).kind).toBe('redirect');
    }
    expect(source.received).toEqual([]);
  });

  test('a name that leads to a private address is refused without asking', async () => {
    const source = await sourceThat(json({}));
    const { port } = new URL(source.baseUrl);
    const local: HttpSource = { ...SOURCE, hosts: ['localhost'] };
    const ports = memoryPorts();
    const fault = await faultOf(
      createSourceHttp(local, ports, FAST).ask({ url: 'https://localhost/x' }),
    );
    expect(fault.message).toBe(
      'the name of openFDA leads to a private address here, which is not asked',
    );
    expect(ports.recorded).toHaveLength(1);
    expect(Number(port)).toBeGreaterThan(0);
    expect(source.received).toEqual([]);
  });
});

describe('redirects', () => {
  test('within the source are followed, and the answer stands under the address asked for', async () => {
    const source = await sourceThat(
      (_request, response) => {
        response.writeHead(301, { location: '/openfda/new/place.json?q=1' });
        response.end();
      },
      json({ moved: true }),
    );
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const snapshot = await createSourceHttp(SOURCE, ports).ask({ url: URL_ASKED });
    expect(snapshot.json()).toEqual({ moved: true });
    expect(source.received[1]?.url).toBe('/openfda/new/place.json?q=1');
    expect(ports.recorded.map(({ exchange, final }) => [exchange.status, final])).toEqual([
      [301, false],
      [200, true],
    ]);
    expect(ports.recorded[1]?.exchange.url).toBe(
      'https://api.fda.gov/drug/label.json?limit=5&search=a%20b',
    );
    expect(ports.slots).toBe(2);
  });
});

describe('waiting', () => {
  test('Retry-After is waited out, told, and holds for the whole installation', async () => {
    const source = await sourceThat(json({}, 429, { 'retry-after': '1' }), json({ ok: 1 }));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const startedAt = performance.now();
    await createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect(ports.waits).toEqual([
      { reason: 'retry-after', ms: 1000, message: 'openFDA asks us to wait 1 s' },
    ]);
    expect(ports.postponedMs).toEqual([1000]);
    expect(ports.reports).toEqual([true, true]);
  });

  test('waits that a source asks for again and again end', async () => {
    const source = await sourceThat(json({}, 503, { 'retry-after': '1' }));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const timing = { ...FAST, maxAskedWaitMs: 1500 };
    const fault = await faultOf(createSourceHttp(SOURCE, ports, timing).ask({ url: URL_ASKED }));
    expect(fault.status).toBe(503);
    expect(source.received).toHaveLength(2);
  });

  test('a long wait for pace is told, a throttled source is given time', async () => {
    const source = await sourceThat(
      json({}, 200, {
        'x-throttling-control':
          'Request Count status: Yellow (60%), Request Time status: Green (0%), Service status: Green (20%)',
      }),
    );
    const ports = memoryPorts({ baseUrl: source.baseUrl, takeSlot: async () => ({ waitMs: 30 }) });
    await createSourceHttp(SOURCE, ports, { ...FAST, tellWaitFromMs: 20 }).ask({ url: URL_ASKED });
    expect(ports.waits).toEqual([
      { reason: 'pace', ms: 30, message: 'Waiting 0 s for our turn at openFDA' },
    ]);
    expect(ports.postponedMs).toEqual([1000]);
  });
});

test('a request that missed its turn takes another one, but not for ever', async () => {
  const source = await sourceThat(json({}));
  for (const [busyTurns, taken] of [
    [1, 2],
    [99, 3],
  ] as const) {
    let turns = 0;
    const ports = memoryPorts({
      baseUrl: source.baseUrl,
      async takeSlot() {
        turns += 1;
        if (turns <= busyTurns) await sleep(700);
        return { waitMs: 1 };
      },
    });
    const timing = { ...FAST, maxLateMs: 400, maxTurns: 3 };
    await createSourceHttp(SOURCE, ports, timing).ask({ url: URL_ASKED });
    expect(turns).toBe(taken);
  }
  expect(source.received).toHaveLength(2);
});

describe('being cut', () => {
  const hang = (_request: unknown, _response: ServerResponse) => {};

  async function cutWith(
    reason: unknown,
    overrides: (controller: AbortController) => Partial<SourceHttpPorts> = () => ({}),
  ) {
    const source = await sourceThat(hang);
    const controller = new AbortController();
    const ports = memoryPorts({
      baseUrl: source.baseUrl,
      signal: controller.signal,
      ...overrides(controller),
    });
    setTimeout(() => controller.abort(reason), 30);
    const startedAt = performance.now();
    const error = await createSourceHttp(SOURCE, ports)
      .ask({ url: URL_ASKED })
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    // Shipped settings would wait far longer.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    return { ports, error };
  }

  test('a cancelled request ends at once with that fault, recorded', async () => {
    const cancelled = new SourceFault('cancelled', 'the job was cancelled');
    const { ports, error } = await cutWith(cancelled);
    expect(error).toBe(cancelled);
    expect(ports.recorded.map(({ exchange, final }) => [exchange.error, final])).toEqual([
      ['cancelled: the job was cancelled', true],
    ]);
    const replayed = await faultOf(
      createSourceHttp(SOURCE, pinnedTo(ports)).ask({ url: URL_ASKED }),
    );
    expect(plainFault(replayed)).toEqual({ kind: 'cancelled', message: 'the job was cancelled' });
  });

  test('a cut while waiting for pace is the same', async () => {
    const early = new SourceFault('finish-early', 'finished early');
    const { ports, error } = await cutWith(early, () => ({
      takeSlot: async () => ({ waitMs: 60_000 }),
    }));
    expect(error).toBe(early);
    expect(ports.recorded).toHaveLength(1);
  });

  test('a worker that shuts down leaves no trace', async () => {
    const reason = new Error('shutting down');
    const { ports, error } = await cutWith(reason);
    expect(error).toBe(reason);
    expect(ports.recorded).toEqual([]);
  });

  test('budgets of requests and of seconds end asking', async () => {
    const source = await sourceThat(json({}), hang);
    const few = memoryPorts({ baseUrl: source.baseUrl, requests: 1 });
    const http = createSourceHttp(SOURCE, few);
    await http.ask({ url: URL_ASKED });
    expect(plainFault(await faultOf(http.ask({ url: 'https://api.fda.gov/2' })))).toEqual({
      kind: 'budget',
      message: "the job's budget of requests is used up",
    });
    expect(source.received).toHaveLength(1);

    const brief = memoryPorts({
      baseUrl: source.baseUrl,
      budget: { takeRequest: async () => true, deadlineAt: Date.now() + 50 },
    });
    const fault = await faultOf(createSourceHttp(SOURCE, brief).ask({ url: URL_ASKED }));
    expect(plainFault(fault)).toEqual({
      kind: 'budget',
      message: "the job's budget of seconds is used up",
    });
    expect(brief.recorded.at(-1)?.exchange.error).toMatch(/^budget: /);
  });

  test('an open breaker asks nothing', async () => {
    const source = await sourceThat(json({}));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    ports.isBreakerOpen = true;
    const fault = await faultOf(createSourceHttp(SOURCE, ports).ask({ url: URL_ASKED }));
    expect(plainFault(fault)).toEqual({
      kind: 'breaker-open',
      message: 'openFDA failed repeatedly and is left alone for now',
    });
    expect(source.received).toEqual([]);
    expect(ports.recorded).toHaveLength(1);
  });

  test('a breaker that opens meanwhile does not change how a request ends', async () => {
    const source = await sourceThat(json({}, 500));
    const ports = memoryPorts({ baseUrl: source.baseUrl });
    const { report } = ports.breaker;
    ports.breaker.report = async (id, ok) => {
      ports.isBreakerOpen = true;
      await report(id, ok);
    };
    const fault = await faultOf(createSourceHttp(SOURCE, ports, FAST).ask({ url: URL_ASKED }));
    expect(fault).toMatchObject({ kind: 'http-status', status: 500 });
    expect(source.received).toHaveLength(4);
  });

  test('what is stored is still served while the job is being cut', async () => {
    const source = await sourceThat(json({ n: 1 }));
    const controller = new AbortController();
    const ports = memoryPorts({ baseUrl: source.baseUrl, signal: controller.signal });
    const http = createSourceHttp(SOURCE, ports);
    await http.ask({ url: URL_ASKED });
    controller.abort(new SourceFault('finish-early', 'finished early'));
    expect((await http.ask({ url: URL_ASKED })).json()).toEqual({ n: 1 });
    expect((await faultOf(http.ask({ url: 'https://api.fda.gov/2' }))).kind).toBe('finish-early');
  });
});

test('private and public addresses are told apart', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    'not an address',
  ]) {
    expect([address, isPublicAddress(address)]).toEqual([address, false]);
  }
  for (const address of ['130.14.29.110', '2607:f220:41e:4290::110', '::ffff:130.14.29.110']) {
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  }
});
