import { describe, expect, it } from 'vitest';
import { eachFile } from './multipart';

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString();
}
const formOf = (files: [name: string, content: string][]) => {
  const form = new FormData();
  form.set('note', 'a field that is no file');
  for (const [name, content] of files) form.append('files', new File([content], name));
  return new Request('http://test/', { method: 'POST', body: form });
};

describe('files of a form', () => {
  it('come one after the other, whole', async () => {
    const large = 'x'.repeat(3_000_000);
    const seen: [string, string][] = [];
    await eachFile(
      formOf([
        ['one.pdf', large],
        ['two.pdf', 'two'],
      ]),
      async ({ name, bytes }) => {
        seen.push([name, await textOf(bytes)]);
      },
    );
    expect(seen.map(([name, text]) => [name, text.length])).toEqual([
      ['one.pdf', large.length],
      ['two.pdf', 3],
    ]);
  });

  it('go on after one that was left half-way', async () => {
    const seen: string[] = [];
    await eachFile(
      formOf([
        ['large.pdf', 'x'.repeat(3_000_000)],
        ['small.pdf', 'small'],
      ]),
      async ({ name, bytes }) => {
        if (name === 'large.pdf') {
          for await (const _ of bytes) break;
          return;
        }
        seen.push(await textOf(bytes));
      },
    );
    expect(seen).toEqual(['small']);
  });

  it('end with what went wrong', async () => {
    const taking = eachFile(formOf([['a.pdf', 'a']]), async () => {
      throw new Error('storage is away');
    });
    await expect(taking).rejects.toThrow('storage is away');
  });

  it('are asked of forms alone', async () => {
    const request = new Request('http://test/', { method: 'POST', body: 'no form' });
    await expect(eachFile(request, async () => {})).rejects.toMatchObject({
      reason: 'FORM_UNREADABLE',
    });
  });
});
