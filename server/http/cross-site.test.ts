import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';
import { clientAddress, corsHeaders, isForeignWrite } from './cross-site';
import { admit } from './door';

const OWN = 'https://phial.example';
const write = (headers: Record<string, string>, method = 'POST') =>
  isForeignWrite({ method, headers: { host: 'phial.example', ...headers } }, OWN);

describe('writes', () => {
  it('pass from our own pages and from programs with a key', () => {
    expect(write({ origin: OWN, 'sec-fetch-site': 'same-origin', cookie: 'a=b' })).toBe(false);
    expect(write({ origin: OWN, cookie: 'a=b' })).toBe(false);
    expect(write({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(false);
    expect(write({ 'x-api-key': 'k', origin: 'https://tool.example' })).toBe(false);
    expect(write({ authorization: 'Bearer k' })).toBe(false);
    expect(write({})).toBe(false);
  });

  it('do not pass from other sites, nor with a cookie and no word of where from', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(write({ origin: 'https://evil.example', cookie: 'a=b' }, method)).toBe(true);
    }
    expect(write({ origin: 'null', cookie: 'a=b' })).toBe(true);
    expect(write({ origin: OWN, 'sec-fetch-site': 'cross-site' })).toBe(true);
    expect(write({ origin: 'https://sub.phial.example', 'sec-fetch-site': 'same-site' })).toBe(
      true,
    );
    expect(write({ cookie: 'a=b' })).toBe(true);
    expect(write({ origin: 'https://evil.example' }, 'GET')).toBe(false);
  });
});

describe('other origins', () => {
  it('may call the API where they are named, never with cookies', () => {
    const allowed = ['https://tool.example'];
    const headers = corsHeaders('/api/v1/jobs', 'https://tool.example', allowed);
    expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://tool.example' });
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
    expect(corsHeaders('/jobs?limit=1', 'https://tool.example', allowed)).not.toBeNull();
    expect(corsHeaders('/api/v1/jobs', 'https://evil.example', allowed)).toBeNull();
    expect(corsHeaders('/settings/keys', 'https://tool.example', allowed)).toBeNull();
    expect(corsHeaders('/api/auth/session', 'https://tool.example', allowed)).toBeNull();
  });
});

describe("a client's address", () => {
  it('is what the nearest proxy one trusts saw, whatever the client wrote', () => {
    expect(clientAddress(null, '10.0.0.9', 0)).toBe('10.0.0.9');
    expect(clientAddress('6.6.6.6', '10.0.0.9', 0)).toBe('10.0.0.9');
    expect(clientAddress('6.6.6.6, 1.2.3.4', '10.0.0.9', 1)).toBe('1.2.3.4');
    expect(clientAddress('6.6.6.6, 1.2.3.4, 10.0.0.8', '10.0.0.9', 2)).toBe('1.2.3.4');
    expect(clientAddress('1.2.3.4', '10.0.0.9', 5)).toBe('1.2.3.4');
  });
});

describe('the door', () => {
  it('answers preflights and refuses foreign writes before anything is read', async () => {
    const settings = {
      publicOrigin: OWN,
      corsOrigins: ['https://tool.example'],
      trustedProxies: 0,
    };
    const server = createServer((request, response) => {
      if (admit(request, response, settings)) response.end(request.headers['x-forwarded-for']);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = async (method: string, headers: Record<string, string>) => {
      const asked = send({ host: '127.0.0.1', port, path: '/api/v1/jobs', method, headers }).end();
      const [response] = await once(asked, 'response');
      let body = '';
      for await (const chunk of response) body += chunk;
      return { status: response.statusCode, headers: response.headers, body };
    };
    const preflight = await ask('OPTIONS', { origin: 'https://tool.example' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('X-API-Key');
    const refused = await ask('POST', { origin: 'https://evil.example', cookie: 'a=b' });
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body)).toMatchObject({ error: 'CROSS_SITE' });
    const passed = await ask('GET', { 'x-forwarded-for': '6.6.6.6' });
    expect(passed.body).toBe('127.0.0.1');
    server.close();
  });
});

describe('the policy of pages', () => {
  it('lets nothing inline run without the nonce', () => {
    const policy = contentSecurityPolicy('abc', { signInOrigins: [], isDevelopment: false });
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).toContain("script-src-attr 'none'");
    expect(policy).toContain("object-src 'none'; base-uri 'none'");
  });
});
