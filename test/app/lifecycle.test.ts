import { describe, expect, it } from 'vitest';
import { runUntilSignal, type StartResult } from '../../src/app/lifecycle.ts';
import { TestIo } from '../support/command-run.ts';

/** A service that tells what happens to it, and closes only when the test lets it. */
class Rig {
  readonly io = new TestIo();
  readonly told: string[] = [];
  readonly #closing = Promise.withResolvers<undefined>();
  readonly #closeCalled = Promise.withResolvers<undefined>();

  readonly service = {
    close: async (): Promise<void> => {
      this.told.push('close');
      this.#closeCalled.resolve(undefined);
      await this.#closing.promise;
    },
  };

  run(
    start: () => Promise<StartResult> = () => Promise.resolve({ ok: true, service: this.service }),
  ): Promise<number> {
    const events = {
      started: () => this.told.push('started'),
      stopping: (signal: string) => this.told.push(`stopping ${signal}`),
      stopped: () => this.told.push('stopped'),
      notStarted: (errors: readonly { code: string }[]) => this.told.push(...errors.map(({ code }) => code)),
    };
    return runUntilSignal(start, events, this.io);
  }

  async closeCalled(): Promise<void> {
    await this.#closeCalled.promise;
  }

  letClose(): void {
    this.#closing.resolve(undefined);
  }

  get listeners(): number {
    return this.io.signals.listenerCount('SIGTERM') + this.io.signals.listenerCount('SIGINT');
  }
}

describe('a running service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'is closed in an orderly way at %s, and gives 0',
    async (signal) => {
      const rig = new Rig();
      const code = rig.run();
      rig.io.kill(signal);
      await rig.closeCalled();
      expect(rig.told).toEqual(['started', 'close', `stopping ${signal}`]);
      rig.letClose();
      expect(await code).toBe(0);
      expect(rig.told.at(-1)).toBe('stopped');
      expect([rig.io.exits, rig.listeners]).toEqual([[], 0]);
    },
  );

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('ends at once at a second signal: %s exits with %d', async (signal, exitCode) => {
    const rig = new Rig();
    const code = rig.run();
    rig.io.kill('SIGTERM');
    await rig.closeCalled();
    expect(rig.io.exits).toEqual([]);
    rig.io.kill(signal);
    expect(rig.io.exits).toEqual([exitCode]);
    rig.letClose();
    await code;
  });

  it('that gets a signal while it starts is closed once it has started', async () => {
    const rig = new Rig();
    const starting = Promise.withResolvers<StartResult>();
    const code = rig.run(() => starting.promise);
    rig.io.kill('SIGTERM');
    expect(rig.told).toEqual([]);
    starting.resolve({ ok: true, service: rig.service });
    rig.letClose();
    expect(await code).toBe(0);
    expect(rig.told).toEqual(['started', 'close', 'stopping SIGTERM', 'stopped']);
  });

  it('that cannot start gives 1 and says why', async () => {
    const rig = new Rig();
    const error = { code: 'address-in-use', path: 'listen.port', message: '' } as const;
    expect(await rig.run(() => Promise.resolve({ ok: false, errors: [error] }))).toBe(1);
    expect([rig.told, rig.listeners]).toEqual([['address-in-use'], 0]);
  });

  it('that fails by a bug rejects, and leaves no listener', async () => {
    const rig = new Rig();
    await expect(rig.run(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
    expect(rig.listeners).toBe(0);
  });
});
