import { describe, expect, it } from 'vitest';
import { scanFiles, type ScanFileOptions } from '../../src/app/scan-files.ts';
import type { FileScan } from '../../src/app/scan-report-text.ts';
import { TestIo } from '../support/command-run.ts';
import { messageWith } from '../support/messages-with.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const CONFIG = 'rules: { builtIn: false }\nlimits: { bodyBytesMax: 2048 }';

async function scansOf(
  files: readonly string[],
  options: ScanFileOptions = {},
  stdin: readonly Uint8Array[] = [],
): Promise<{ readonly io: TestIo; readonly scans: readonly FileScan[] }> {
  const io = new TestIo({}, stdin);
  const scans: FileScan[] = [];
  const config = scratchFile('a.yaml', CONFIG);
  await scanFiles(files, { config, ...options }, { io, onScan: (scan) => scans.push(scan) });
  return { io, scans };
}

const MESSAGE = messageWith([{ bytes: 'hello' }], {
  from: { kind: 'address', address: { text: '+12025550123/TYPE=PLMN' } },
});

describe('files that are scanned', () => {
  it('are scanned in order, PDUs as they are and anything else as an attachment', async () => {
    const files = [scratchFile('a.mms', MESSAGE), scratchFile('b.txt', 'hello'), '-'];
    const { io, scans } = await scansOf(files, {}, [Buffer.from('hello')]);
    expect(scans.map(({ file, kind }) => [file, kind])).toEqual([
      [files[0], 'pdu'],
      [files[1], 'attachment'],
      ['-', 'attachment'],
    ]);
    expect([io.exitCode, io.errText]).toEqual([0, '']);
  });

  it('come from whom, and by what, the options say', async () => {
    const { scans } = await scansOf([scratchFile('a.mms', MESSAGE)], { sender: '+12025550100' });
    const codes = scans.map(
      ({ outcome }) => 'report' in outcome && outcome.report?.findings.map(({ code }) => code),
    );
    expect(codes).toEqual([expect.arrayContaining(['from-not-authenticated'])]);
  });

  it('carry the label that the options say', async () => {
    const { scans } = await scansOf([scratchFile('a.gif', 'hello')], { type: 'image/gif' });
    expect(scans).toMatchObject([{ outcome: { report: { parts: [{ declaredType: 'image/gif' }] } } }]);
  });

  it('are scanned up to the size that the proxy takes, and what cannot be read is told', async () => {
    const fits = scratchFile('fits.bin', 'x'.repeat(2048));
    const { io, scans } = await scansOf([scratchFile('over.bin', 'x'.repeat(2049)), '/nonexistent', fits]);
    expect([io.exitCode, scans.map(({ file }) => file)]).toEqual([2, [fits]]);
    expect(io.errText).toMatch(/over\.bin: .*\n\/nonexistent: /);
  });

  it('are none when the configuration or the rules are broken', async () => {
    for (const yaml of ['rulez: 1', 'rules: { directories: [{ path: /nonexistent, namespace: a }] }']) {
      const { io, scans } = await scansOf(['-'], { config: scratchFile('b.yaml', yaml) });
      expect([io.exitCode, scans]).toEqual([2, []]);
      expect(io.errText).not.toBe('');
    }
  });
});
