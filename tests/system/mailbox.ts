/** The folder that a running Phial mails into. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './wait';

/** The link in the latest letter to an address; waits for the letter, which it reads once. */
export class Mailbox {
  private readonly seen = new Set<string>();

  constructor(private readonly folder: string) {}

  async linkTo(email: string): Promise<string> {
    return until(`a letter to ${email}`, async () => {
      for (const name of (await readdir(this.folder).catch(() => [])).sort()) {
        if (this.seen.has(name)) continue;
        const text = await readFile(path.join(this.folder, name), 'utf8');
        const link = /http\S+token=\S+/.exec(unfolded(text))?.[0];
        if (!text.includes(`To: ${email}`) || !link) continue;
        this.seen.add(name);
        return link;
      }
      return undefined;
    });
  }
}

/** Quoted-printable undone (RFC 2045, 6.7), as far as an address needs it. */
const unfolded = (text: string) =>
  text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
