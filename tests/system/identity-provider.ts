/** A real OpenID Connect server on loopback: whoever types a name is signed in as that person. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface IdentityProvider {
  issuer: string;
  settings: Record<string, string>;
  /** Begins to answer, for the one application at `origin`. */
  serve(origin: string): void;
  close(): Promise<void>;
}

const client = { id: 'phial', secret: 'a secret of the test alone' };

/** Takes its port at once, for the application has to know the issuer before it starts. */
export async function openIdentityProvider(): Promise<IdentityProvider> {
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_NAME: 'the institute',
    },
    serve(origin) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${origin}/api/auth/callback/oidc`],
            response_types: ['code'],
            grant_types: ['authorization_code'],
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        // The ID token carries what the application reads.
        conformIdTokenClaims: false,
        findAccount: (_, sub) => ({
          accountId: sub,
          claims: () => ({
            sub,
            name: `${sub} of the institute`,
            email: `${sub}@example.org`,
            email_verified: !sub.startsWith('unproven'),
          }),
        }),
        cookies: { keys: ['a key of the test alone'] },
        pkce: { required: () => true },
      });
      server.on('request', provider.callback());
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
