import { describe, expect, it, onTestFinished } from 'vitest';
import { BOB, DEMO_MMSC_URL, startDemoPath, type DemoPath } from '../../src/app/demo-path.ts';
import { textFile } from '../../src/lab/compose-message.ts';

async function start(): Promise<DemoPath> {
  const path = await startDemoPath();
  onTestFinished(() => path.close());
  return path;
}

describe('the path of the demo', () => {
  it('carries a message from Alice to Bob, every exchange of it through the proxy', async () => {
    const path = await start();
    await path.alice.send({ to: [BOB], files: [textFile('hello')] });
    const event = await path.bob.inbox.next(AbortSignal.timeout(10_000));
    expect(event?.kind).toBe('message');
    const sent = await path.exchanges.next(AbortSignal.timeout(10_000));
    expect(sent?.outbound.pduType).toBe('m-send-req');
    expect(path.mmsc.received.every(({ rawHeaders }) => rawHeaders.includes('Via'))).toBe(true);
    expect(path.bugs).toEqual([]);
  });

  it('is no open proxy', async () => {
    const path = await start();
    const { port } = new URL(path.proxyUrl);
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: 'http://another.example/' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([status, DEMO_MMSC_URL]).toEqual([403, 'http://mmsc/']);
  });
});
