import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Mmsc } from '../../src/lab/mmsc.ts';
import { pduBytes } from '../support/mms-messages.ts';
import { partWith } from '../support/messages-with.ts';
import { runCommand, type CommandRun } from '../support/command-run.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const PARTS = [
  { type: 'image/jpeg', bytes: Buffer.alloc(1000, 1), headers: { contentLocation: 'p.jpg' } },
  { bytes: 'hello', headers: { contentLocation: 't.txt' } },
];

const MESSAGE = pduBytes(
  'm-retrieve-conf',
  {
    transactionId: 'R-1',
    version: '1.2',
    date: 1_700_000_000,
    from: { kind: 'address', address: { text: '+12025550111/TYPE=PLMN' } },
    contentType: { mediaType: 'application/vnd.wap.multipart.mixed', parameters: [] },
  },
  { kind: 'multipart', parts: PARTS.map(partWith) },
);

async function startMmsc(): Promise<Mmsc> {
  const mmsc = await Mmsc.start();
  onTestFinished(() => mmsc.close());
  mmsc.put('/m', MESSAGE);
  return mmsc;
}

const fetchFrom = ({ port }: Mmsc, path: string, ...args: string[]): Promise<CommandRun> => {
  const base = `http://127.0.0.1:${port}`;
  return runCommand(['lab', 'fetch', '--mmsc', `${base}/`, `${base}${path}`, ...args]);
};

describe('mmsguard lab fetch', () => {
  it('fetches a message, lists its parts, and acknowledges it', async () => {
    const mmsc = await startMmsc();
    const { exitCode, stdout } = await fetchFrom(mmsc, '/m');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^m-retrieve-conf: ok\nfrom: \+12025550111\/TYPE=PLMN\n/);
    expect(stdout).toContain('image/jpeg, 1000 octets');
    expect(mmsc.received.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('writes the parts into a folder, and never over what is there', async () => {
    const mmsc = await startMmsc();
    const folder = join(scratchFolder(), 'new');
    expect((await fetchFrom(mmsc, '/m', '--out', folder)).exitCode).toBe(0);
    expect(await readFile(join(folder, '2-t.txt'), 'utf8')).toBe('hello');
    const { exitCode, stdout } = await fetchFrom(mmsc, '/m', '--out', folder);
    expect([exitCode, stdout.includes('not written')]).toEqual([1, true]);
  });

  it('exits with 1, and acknowledges nothing, when there is no such message', async () => {
    const mmsc = await startMmsc();
    const { exitCode, stdout } = await fetchFrom(mmsc, '/none');
    expect([exitCode, stdout.split('\n')[0]]).toEqual([
      1,
      'm-retrieve-conf: error-permanent-message-not-found',
    ]);
    expect(mmsc.received.map(({ method }) => method)).toEqual(['GET']);
  });
});
