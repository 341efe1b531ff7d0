import { describe, expect, it } from 'vitest';
import { deviceOf } from './device';

const MOZILLA = 'Mozilla/5.0';

describe('deviceOf', () => {
  it.each([
    [`${MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox on Linux'],
    [
      `${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0`,
      'Edge on Windows',
    ],
    [
      `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1`,
      'Safari on iOS',
    ],
    ['curl/8.14.1', 'curl/8.14.1'],
    [null, 'Not known'],
  ])('reads %s', (userAgent, words) => {
    expect(deviceOf(userAgent)).toBe(words);
  });
});
