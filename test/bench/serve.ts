/** One proxy of the benchmarks, as a process of its own: `serve.ts node|http-proxy-3 PORT MMSC_PORT`. */
import { readConfig } from '../../src/app/config-load.ts';
import { proxySettings } from '../../src/app/proxy-settings.ts';
import type { ExchangeObserver } from '../../src/proxy/observer.ts';
import { startProxy } from '../../src/proxy/server.ts';
import { HttpProxy3Forwarder } from './http-proxy-3-forwarder.ts';

const [forwarder, port = '', mmscPort = ''] = process.argv.slice(2);

/** Errors are printed, because they would spoil the figures; the rest is not what is measured. */
const observer: ExchangeObserver = {
  exchangeDone: ({ outcome }) => {
    if (outcome.kind === 'failed' && outcome.code !== 'handset-gone') console.error(outcome);
  },
  connectionRefused: (code) => {
    console.error(code);
  },
  unexpectedError: (error) => {
    console.error(error);
  },
};

const result = readConfig('', {
  MMSGUARD_LISTEN_PORT: port,
  MMSGUARD_MMSC_URL: `http://127.0.0.1:${mmscPort}/`,
});
if (!result.ok) throw new Error(JSON.stringify(result.errors));
const settings = proxySettings(result.config, { listen: {}, mmsc: {}, allowedMmscs: [] });
const dependencies =
  forwarder === 'http-proxy-3' ? { observer, forwarder: new HttpProxy3Forwarder() } : { observer };
const proxy = await startProxy(settings, dependencies);
process.once('SIGTERM', () => {
  void proxy.close();
});
