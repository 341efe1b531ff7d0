/**
 * Some components write a style element while they are open (a dialog that keeps the page from scrolling).
 * The page's policy lets it through by the nonce of the page, which only the page's own code can read.
 */
import { setNonce } from 'get-nonce';

if (typeof document !== 'undefined') {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (nonce) setNonce(nonce);
}
