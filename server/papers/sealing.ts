/**
 * Passwords on their way from the web process to a worker: sealed for a key pair whose private half
 * lives in the worker's memory alone, so that nothing that is stored can be opened once it has ended.
 * X25519 with a fresh key a message, HKDF-SHA-256, AES-256-GCM.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

export interface Sealed {
  /** The public key it is sealed for. */
  for: string;
  from: string;
  iv: string;
  tag: string;
  text: string;
}

export interface SealKeys {
  publicKey: string;
  /** The text of the one that is sealed for this pair; null when there is none. */
  open(sealed: readonly Sealed[]): string | null;
}

const publicText = (key: KeyObject) =>
  key.export({ type: 'spki', format: 'der' }).toString('base64');
const publicKeyOf = (text: string) =>
  createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });

export function createSealKeys(): SealKeys {
  const pair = generateKeyPairSync('x25519');
  const publicKey = publicText(pair.publicKey);
  return {
    publicKey,
    open(sealed) {
      const mine = sealed.find((one) => one.for === publicKey);
      if (!mine) return null;
      const key = shared(pair.privateKey, publicKeyOf(mine.from), mine);
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(mine.iv, 'base64'));
      decipher.setAuthTag(Buffer.from(mine.tag, 'base64'));
      const text = [decipher.update(Buffer.from(mine.text, 'base64')), decipher.final()];
      return Buffer.concat(text).toString('utf8');
    },
  };
}

export function seal(publicKey: string, text: string): Sealed {
  const pair = generateKeyPairSync('x25519');
  const names = { for: publicKey, from: publicText(pair.publicKey) };
  const iv = randomBytes(12);
  const key = shared(pair.privateKey, publicKeyOf(publicKey), names);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    ...names,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: sealed.toString('base64'),
  };
}

function shared(
  privateKey: KeyObject,
  publicKey: KeyObject,
  names: { for: string; from: string },
): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', secret, '', `phial ${names.from} ${names.for}`, 32));
}
