import { expect, it } from 'vitest';
import { RunningTransactions } from '../../src/storage/running-transactions.ts';
import type { SqlResult } from '../../src/storage/sql-database.ts';

it('counts what is not answered, and waits for it, however it ends', async () => {
  const running = new RunningTransactions();
  const [good, bad] = [Promise.withResolvers<SqlResult>(), Promise.withResolvers<SqlResult>()];
  const given = [running.add(good.promise), running.add(bad.promise)];
  expect(running.size).toBe(2);
  const order: string[] = [];
  const settled = running.settled().then(() => order.push('settled'));
  good.resolve({ ok: true, rows: [] });
  expect(await given[0]).toEqual({ ok: true, rows: [] });
  order.push('answered');
  bad.reject(new Error('wrong'));
  await expect(given[1]).rejects.toThrow('wrong');
  await settled;
  expect([order, running.size]).toEqual([['answered', 'settled'], 0]);
});

it('has nothing to wait for when nothing was asked', async () => {
  await expect(new RunningTransactions().settled()).resolves.toBeUndefined();
});
