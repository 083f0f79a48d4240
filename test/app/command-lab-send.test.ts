import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { Mmsc, type MmscOptions } from '../../src/lab/mmsc.ts';
import { runCommand, type CommandRun } from '../support/command-run.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

async function startMmsc(options: MmscOptions = {}): Promise<Mmsc> {
  const mmsc = await Mmsc.start(options);
  onTestFinished(() => mmsc.close());
  return mmsc;
}

const send = ({ port }: Mmsc, ...args: string[]): Promise<CommandRun> =>
  runCommand(['lab', 'send', '--mmsc', `http://127.0.0.1:${port}/`, ...args]);

describe('mmsguard lab send', () => {
  it('sends a real message with SMIL, text and file, and prints the answer', async () => {
    const mmsc = await startMmsc();
    const picture = join(scratchFolder(), 'photo.jpg');
    await writeFile(picture, 'picture');
    const args = [
      '--to',
      '+12025550122',
      '--subject',
      'hello',
      '--text',
      'hi',
      '--msisdn',
      '+12025550111',
      picture,
    ];
    const { exitCode, stdout } = await send(mmsc, ...args);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'm-send-conf: ok']);
    expect(stdout).toContain('message id: ');
    const [request] = mmsc.received;
    const { pdu } = decodePdu(request?.body ?? Buffer.alloc(0), { tolerate: REAL_WORLD });
    const parts = pdu.body?.kind === 'multipart' ? pdu.body.parts : [];
    expect(parts.map(({ contentType }) => contentType.mediaType)).toEqual([
      'application/smil',
      'text/plain',
      'image/jpeg',
    ]);
    expect(pdu.headers.subject?.text).toBe('hello');
    expect(request?.rawHeaders).toContain('X-MSISDN');
  });

  it('exits with 1 when it gets no confirmation', async () => {
    const { exitCode, stdout } = await send(
      await startMmsc({ faults: ['html'] }),
      '--to',
      '+1202',
      '--text',
      'x',
    );
    expect([exitCode, stdout.startsWith('HTTP 200, text/html')]).toEqual([1, true]);
  });

  it('exits with 1 when nothing answers', async () => {
    const { exitCode, stdout } = await send(
      await startMmsc({ faults: ['refuse'] }),
      '--to',
      '+1202',
      '--text',
      'x',
    );
    expect([exitCode, stdout.startsWith('no answer: no-connection')]).toEqual([1, true]);
  });

  it('exits with 2, and sends nothing, when a file is missing or nobody is to get it', async () => {
    const mmsc = await startMmsc();
    expect((await send(mmsc, '--to', '+1202', '/no/such/file')).exitCode).toBe(2);
    expect((await send(mmsc, '--text', 'x')).exitCode).toBe(2);
    expect(mmsc.received).toEqual([]);
  });
});
