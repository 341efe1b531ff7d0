import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './eval';

let dir: string;
const printed: string[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'phial-eval-'));
  printed.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

function write(text: string): string {
  const file = path.join(dir, 'reasons.tsv');
  writeFileSync(file, text);
  return file;
}

describe('phial eval stop-reasons', () => {
  it('writes a class for every line and tells how many', async () => {
    const file = write(
      'nct_id\tstop_reason\tclass\nNCT00000001\tLack of efficacy\tNegative\nNCT00000002\tSlow accrual\t\n',
    );
    const out = path.join(dir, 'out.tsv');
    expect(await run(['stop-reasons', '--file', file, '--out', out])).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(
      'nct_id\tclass\nNCT00000001\tNegative\nNCT00000002\tInsufficient_Enrollment\n',
    );
    expect(printed.join('')).toMatch(/^2 stop reasons .*\n$/);
  });

  it('reads tables without classes and with the line ends of Windows', async () => {
    const file = write('nct_id\tstop_reason\r\nNCT00000001\tPI left the institution\r\n');
    const out = path.join(dir, 'out.tsv');
    expect(await run(['stop-reasons', '--file', file, '--out', out])).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe('nct_id\tclass\nNCT00000001\tStudy_Staff_Moved\n');
  });

  it.each([
    [
      'a missing column',
      'nct_id\tstop_reason\nNCT00000001\tFutility\nNCT00000002\n',
      /reasons\.tsv, line 3/,
    ],
    ['a column too many', 'nct_id\tstop_reason\nNCT00000001\ta\tb\tc\n', /reasons\.tsv, line 2/],
    ['no registry number', 'nct_id\tstop_reason\nFutility\tNCT00000001\n', /reasons\.tsv, line 2/],
    ['another header', 'NCT00000001\tFutility\n', /reasons\.tsv, line 1/],
    ['an empty file', '', /reasons\.tsv, line 1/],
  ])('ends with 1 and the place for %s', async (_, text, message) => {
    const out = path.join(dir, 'out.tsv');
    const ended = run(['stop-reasons', '--file', write(text), '--out', out]);
    await expect(ended).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(message),
    });
  });

  it('ends with 1 and the name of a file that cannot be read or written', async () => {
    const absent = path.join(dir, 'absent.tsv');
    await expect(run(['stop-reasons', '--file', absent, '--out', absent])).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('absent.tsv'),
    });
    const file = write('nct_id\tstop_reason\n');
    const out = path.join(dir, 'no-folder', 'out.tsv');
    await expect(run(['stop-reasons', '--file', file, '--out', out])).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('no-folder'),
    });
  });

  it.each([
    [[]],
    [['no-such-set']],
    [['stop-reasons']],
    [['stop-reasons', '--file', 'a.tsv']],
    [['stop-reasons', '--out', 'a.tsv']],
    [['stop-reasons', '--file', 'a.tsv', '--out', 'b.tsv', '--fast']],
  ])('ends with 2 for %j', async (args) => {
    await expect(run(args)).rejects.toMatchObject({ exitCode: 2 });
  });
});
