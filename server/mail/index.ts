/** Sends mail: to a server, or into a folder where it can be read. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport, type SendMailOptions } from 'nodemailer';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Resolves when the letter was taken; rejects when it was not. */
  send(letter: Letter): Promise<void>;
}

const ANSWER_WITHIN_MS = 10_000;

/** Opens `smtp:`, `smtps:` or `file:` (a folder that gets a file for each letter). */
export function openMailer(url: string, from: string): Mailer {
  return url.startsWith('file:') ? intoFolder(folderOf(url), from) : bySmtp(url, from);
}

const folderOf = (url: string) => (url.startsWith('file://') ? fileURLToPath(url) : url.slice(5));

function bySmtp(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: ANSWER_WITHIN_MS,
    greetingTimeout: ANSWER_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
  });
  return {
    async send(letter) {
      await transport.sendMail({ from, ...letter, ...plain });
    },
  };
}

/** No part of a letter may name a file or an address for the server to read. */
const plain: SendMailOptions = { disableFileAccess: true, disableUrlAccess: true };

function intoFolder(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(letter) {
      const { message } = await transport.sendMail({ from, ...letter, ...plain });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replaceAll(':', '')}-${randomUUID().slice(0, 8)}.eml`;
      await writeFile(path.join(folder, name), message, { mode: 0o600 });
    },
  };
}
