declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  interface Account {
    accountId: string;
    claims: () => Record<string, unknown>;
  }
  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        clients: Record<string, unknown>[];
        claims: Record<string, string[]>;
        conformIdTokenClaims: boolean;
        findAccount: (context: unknown, sub: string) => Account;
        cookies: { keys: string[] };
        pkce: { required: () => boolean };
      },
    );
    callback(): RequestListener;
  }
}
