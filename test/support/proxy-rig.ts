import { expect, onTestFinished } from 'vitest';
import type { ExchangeRecord } from '../../src/proxy/observer.ts';
import { startProxy, type ProxyDependencies, type RunningProxy } from '../../src/proxy/server.ts';
import { localScanner } from './local-scanner.ts';
import { proxySettings, type SettingsChanges } from './proxy-settings.ts';
import { connectRaw, type RawConnection, type RawResponse } from './raw-http.ts';
import { RecordingObserver } from './recording-observer.ts';
import { ScriptedMmsc } from './scripted-mmsc.ts';

/** A proxy in front of a scripted MMSC, and what it told. All of it is closed when the test has ended. */
export interface Rig {
  readonly proxy: RunningProxy;
  readonly port: number;
  readonly mmsc: ScriptedMmsc;
  readonly observer: RecordingObserver;
  /** A handset's connection. */
  connect(): Promise<RawConnection>;
  /** Sends octets on a connection of their own and gives the first response. */
  ask(...pieces: (string | Uint8Array)[]): Promise<RawResponse>;
  /** The record of the only exchange that there was. */
  onlyRecord(): Promise<ExchangeRecord | undefined>;
}

/** Starts a rig. */
export async function startRig(
  changes: SettingsChanges = {},
  dependencies: Partial<ProxyDependencies> = {},
): Promise<Rig> {
  const mmsc = await startMmsc();
  const observer = new RecordingObserver();
  const proxy = await startProxy(proxySettings(mmsc.settings(), changes), {
    observer,
    scanner: localScanner(),
    ...dependencies,
  });
  onTestFinished(() => proxy.close());
  const { port } = proxy.address;
  const connect = async (): Promise<RawConnection> => {
    const connection = await connectRaw(port);
    onTestFinished(() => {
      connection.destroy();
    });
    return connection;
  };
  const ask = async (...pieces: (string | Uint8Array)[]): Promise<RawResponse> => {
    const connection = await connect();
    return connection.send(...pieces).response();
  };
  const onlyRecord = async (): Promise<ExchangeRecord | undefined> => {
    await observer.recorded(1);
    await new Promise(setImmediate);
    expect([observer.records.length, observer.errors]).toEqual([1, []]);
    return observer.records[0];
  };
  return { proxy, port, mmsc, observer, connect, ask, onlyRecord };
}

/** Starts a scripted MMSC that is closed when the test has ended. */
export async function startMmsc(): Promise<ScriptedMmsc> {
  const mmsc = await ScriptedMmsc.start();
  onTestFinished(() => mmsc.close());
  return mmsc;
}
