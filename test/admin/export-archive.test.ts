import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXPORT_PASSWORD, exportArchive } from '../../src/admin/export-archive.ts';
import type { HttpRequestFacts, NewRecord } from '../../src/storage/quarantine-store.ts';
import { newRecord } from '../support/held-records.ts';
import { heldRecord } from '../support/memory-quarantine.ts';
import { messageWith } from '../support/messages-with.ts';
import { isInstalled, mustSkip } from '../support/needs.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

interface Report {
  readonly id: string;
  readonly envelope: unknown;
  readonly body?: unknown;
  readonly export: { readonly undecodable?: string; readonly parts: readonly Record<string, unknown>[] };
}

/** What `unzip` makes of the archive of a record. */
async function unzipped(changes: Partial<NewRecord>) {
  const folder = scratchFolder();
  const file = join(folder, 'a.zip');
  writeFileSync(file, await exportArchive(await heldRecord(changes)));
  const { status, stdout } = spawnSync('unzip', ['-P', EXPORT_PASSWORD, file, '-d', folder], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, expect.stringContaining('message.mms')]);
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  return { file, read, report: JSON.parse(read('report.json').toString()) as Report };
}

const EVIL = messageWith([
  { bytes: 'first', headers: { contentLocation: '../../etc/passwd' } },
  { type: 'multipart/mixed', bytes: '', nested: [{ bytes: 'second' }] },
  { bytes: 'dGhpcmQ=', headers: { others: [{ name: 'Content-Transfer-Encoding', value: 'base64' }] } },
]);

describe.skipIf(mustSkip(isInstalled('unzip', 'python3')))('an export', () => {
  it('holds the message, its parts by number, and a report', async () => {
    const { read, report } = await unzipped({ body: EVIL });
    expect(read('message.mms')).toEqual(EVIL);
    expect([0, 1, 2].map((part) => read(`part-${part}.bin`).toString())).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(report.export.parts).toMatchObject([
      { index: 0, file: 'part-0.bin', bytes: 5, fileName: '../../etc/passwd' },
      { index: 1, file: 'part-1.bin' },
      { index: 2, file: 'part-2.bin' },
    ]);
    expect(report.envelope).toMatchObject({ sender: '+12025550111' });
    expect(report).not.toHaveProperty('body');
  });

  it('takes no name from the message', async () => {
    const { file } = await unzipped({ body: EVIL });
    const { stdout } = spawnSync('unzip', ['-Z1', file], { encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual([
      'message.mms',
      'part-0.bin',
      'part-1.bin',
      'part-2.bin',
      'report.json',
    ]);
  });

  it('is opened by Python with the password, and not without', async () => {
    const { file } = await unzipped({ body: EVIL });
    const code =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.read("part-0.bin", sys.argv[2].encode()).decode())';
    const openWith = (password: string) =>
      spawnSync('python3', ['-c', code, file, password], { encoding: 'utf8' });
    expect(openWith(EXPORT_PASSWORD).stdout.trim()).toBe('first');
    expect(openWith('wrong').status).not.toBe(0);
  });

  it.each<readonly [Partial<HttpRequestFacts>, string]>([
    [{}, 'no'],
    [{ contentEncodings: ['gzip'] }, 'its own'],
    [{ headers: ['Content-Encoding', 'gzip'] }, 'a posted'],
  ])('of %j undoes %s content encoding for the parts, and keeps the octets that came', async (http) => {
    const { http: plain } = newRecord();
    const isPacked = Object.keys(http).length > 0;
    const body = isPacked ? gzipSync(EVIL) : EVIL;
    const { read } = await unzipped({ body, http: { ...plain, ...http } });
    expect(read('message.mms')).toEqual(Buffer.from(body));
    expect(read('part-0.bin').toString()).toBe('first');
  });

  it('of a fetched message does not take the encodings of its request for its own', async () => {
    const { http } = newRecord();
    const { report } = await unzipped({
      direction: 'inbound',
      body: EVIL,
      http: { ...http, headers: ['Content-Encoding', 'gzip'] },
    });
    expect(report.export.parts).toHaveLength(3);
  });

  it.each([
    [Buffer.from('no message'), [], /./],
    [Buffer.from('no gzip'), ['gzip'], /^content-encoding: undecodable$/],
    [Buffer.alloc(0), [], /./],
  ])('of what cannot be decoded says why: %s', async (body, contentEncodings, why) => {
    const { http } = newRecord();
    const { read, report } = await unzipped({ body, http: { ...http, contentEncodings } });
    expect(read('message.mms')).toEqual(body);
    expect(report.export).toMatchObject({ parts: [], undecodable: expect.stringMatching(why) as string });
  });
});
