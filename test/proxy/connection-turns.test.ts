import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionTurns, PIPELINED_MAX } from '../../src/proxy/connection-turns.ts';

describe('ConnectionTurns', () => {
  it('starts the first work at once, and each next one when the one before has ended', async () => {
    const turns = new ConnectionTurns();
    const socket = new Socket();
    const log: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const second = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<undefined>();
    turns.take(socket, async () => {
      log.push('first starts');
      await first.promise;
      log.push('first ends');
      return true;
    });
    turns.take(socket, async () => {
      log.push('second starts');
      await second.promise;
      return true;
    });
    turns.take(socket, () => {
      log.push('third starts');
      done.resolve(undefined);
      return Promise.resolve(true);
    });
    expect(log).toEqual(['first starts']);
    first.resolve(undefined);
    second.resolve(undefined);
    await done.promise;
    expect(log).toEqual(['first starts', 'first ends', 'second starts', 'third starts']);
  });

  it('lets connections not wait for each other', () => {
    const turns = new ConnectionTurns();
    let started = 0;
    for (const socket of [new Socket(), new Socket()]) {
      turns.take(socket, () => {
        started += 1;
        return new Promise(() => undefined);
      });
    }
    expect(started).toBe(2);
  });

  it('lets as many wait as the limit says, and not one more', () => {
    const turns = new ConnectionTurns();
    const socket = new Socket();
    const endless = (): Promise<boolean> => new Promise(() => undefined);
    const taken = Array.from({ length: PIPELINED_MAX + 2 }, () => turns.take(socket, endless));
    expect(taken).toEqual([...Array.from({ length: PIPELINED_MAX + 1 }, () => true), false]);
  });

  it('handles nothing more of a connection that a turn has ended, whether it waits or comes later', async () => {
    const turns = new ConnectionTurns();
    const socket = new Socket();
    const work = Promise.withResolvers<boolean>();
    let started = 0;
    const count = (): Promise<boolean> => {
      started += 1;
      return Promise.resolve(true);
    };
    turns.take(socket, () => work.promise);
    turns.take(socket, count);
    work.resolve(false);
    await new Promise(setImmediate);
    turns.take(socket, count);
    await new Promise(setImmediate);
    expect(started).toBe(0);
  });
});
