import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { startPath } from '../support/end-to-end.ts';
import { sendRequest } from '../bench/messages.ts';
import { isInstalled, mustSkip } from '../support/needs.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const run = promisify(execFile);
const PDU = sendRequest(200_000);

/** Ways in which clients send a body. */
const WAYS: readonly [string, readonly string[]][] = [
  ['with Content-Length', []],
  ['chunked', ['-H', 'Transfer-Encoding: chunked']],
  ['with Expect: 100-continue', ['-H', 'Expect: 100-continue']],
  [
    'chunked and with Expect: 100-continue',
    ['-H', 'Transfer-Encoding: chunked', '-H', 'Expect: 100-continue'],
  ],
  ['with HTTP/1.0', ['--http1.0']],
  ['on a connection of its own', ['-H', 'Connection: close']],
];

describe.skipIf(mustSkip(isInstalled('curl')))('curl (needs curl)', () => {
  it.each(WAYS)(
    'posts %s, through the proxy as a proxy, and the MMSC gets every octet',
    async (_, options) => {
      const { mmsc, port } = await startPath();
      const folder = scratchFolder();
      const [request, answer] = [join(folder, 'request'), join(folder, 'answer')];
      await writeFile(request, PDU);
      const { stdout } = await run('curl', [
        ...['--silent', '--show-error', '--max-time', '20', '--proxy', `http://127.0.0.1:${port}`],
        ...['--header', 'Content-Type: application/vnd.wap.mms-message', '--data-binary', `@${request}`],
        ...['--output', answer, '--write-out', '%{http_code} %{content_type}', ...options, 'http://mmsc/'],
      ]);
      expect(stdout).toBe('200 application/vnd.wap.mms-message');
      expect(mmsc.received.map(({ body }) => Buffer.compare(body, PDU))).toEqual([0]);
      const { pdu } = decodePdu(await readFile(answer), { tolerate: REAL_WORLD });
      expect(pdu).toMatchObject({
        type: 'm-send-conf',
        headers: { transactionId: 'T00000000', responseStatus: 'ok' },
      });
    },
  );
});
