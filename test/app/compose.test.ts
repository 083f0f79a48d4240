import { describe, expect, it, onTestFinished } from 'vitest';
import { startMmsguard } from '../../src/app/compose.ts';
import { readConfig } from '../../src/app/config-load.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { createLog } from '../../src/app/log.ts';
import { TestIo } from '../support/command-run.ts';
import { sendConfirmation, sendRequest } from '../support/mms-messages.ts';
import { post, request } from '../support/raw-http.ts';
import { answering, ScriptedMmsc } from '../support/scripted-mmsc.ts';

function configured(environment: Record<string, string>): Config {
  const result = readConfig('', { MMSGUARD_ADMIN_PORT: '0', MMSGUARD_SCANNING_THREADS: '1', ...environment });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.config;
}

const start = (environment: Record<string, string>, io = new TestIo()): ReturnType<typeof startMmsguard> =>
  startMmsguard(configured(environment), createLog({ level: 'info', destination: 'stdout' }, io));

describe('the composed product', () => {
  it('forwards a message to the configured MMSC and logs the exchange without a number', async () => {
    const mmsc = await ScriptedMmsc.start();
    onTestFinished(() => mmsc.close());
    mmsc.script = answering(sendConfirmation());
    const io = new TestIo();
    const started = await start(
      { MMSGUARD_LISTEN_PORT: '0', MMSGUARD_MMSC_URL: `http://127.0.0.1:${mmsc.port}/` },
      io,
    );
    if (!started.ok) throw new Error(JSON.stringify(started.errors));
    onTestFinished(() => started.service.close());
    const body = sendRequest();
    const response = await request(started.service.address.port, post(body));
    expect([response.status, response.body]).toEqual([200, sendConfirmation()]);
    expect(mmsc.requests[0]?.body).toEqual(body);
    const line = await io.line(/"msg":"exchange"/);
    expect(JSON.parse(line)).toMatchObject({ outcome: 'forwarded', outbound: { pdu: 'm-send-req' } });
    expect(line).not.toContain('2025550122');
  });

  it('says that its port is in use', async () => {
    const first = await start({ MMSGUARD_LISTEN_PORT: '0' });
    if (!first.ok) throw new Error(JSON.stringify(first.errors));
    onTestFinished(() => first.service.close());
    const second = await start({ MMSGUARD_LISTEN_PORT: String(first.service.address.port) });
    expect(second).toMatchObject({ ok: false, errors: [{ code: 'address-in-use', path: 'listen.port' }] });
  });

  it('says that this machine has no such address', async () => {
    const started = await start({ MMSGUARD_LISTEN_HOST: '192.0.2.1' });
    expect(started).toMatchObject({
      ok: false,
      errors: [{ code: 'address-not-available', path: 'listen.host' }],
    });
  });

  it('says that a certificate is missing', async () => {
    const started = await start({
      MMSGUARD_LISTEN_TLS_CERT_FILE: '/nonexistent.pem',
      MMSGUARD_LISTEN_TLS_KEY_FILE: '/nonexistent.pem',
    });
    expect(started).toMatchObject({
      ok: false,
      errors: [{ code: 'pem-unreadable' }, { code: 'pem-unreadable' }],
    });
  });
});
