import { describe, expect, it } from 'vitest';
import { MmscStore, type Delivery, type DeliveryState } from '../../src/lab/mmsc-store.ts';

function delivery(path: string, octets = 1): Delivery {
  return {
    path,
    transactionId: `t${path}`,
    recipient: { text: '+12025550122/TYPE=PLMN' },
    state: 'notified',
    message: {
      messageId: 'm',
      from: { text: '+12025550111/TYPE=PLMN' },
      date: 1,
      headers: {},
      content: new Uint8Array(octets),
      forwarders: [],
    },
  };
}

function storeOf(...deliveries: Delivery[]): MmscStore {
  const store = new MmscStore({ countMax: 10, bytesMax: 10 });
  for (const one of deliveries) store.add(one);
  return store;
}

describe('an MMSC store', () => {
  it('finds copies by path and by transaction', () => {
    const store = storeOf(delivery('/a'), delivery('/b'));
    expect(store.byPath('/b')?.path).toBe('/b');
    expect(store.byTransaction('t/a')?.path).toBe('/a');
    expect([store.byPath('/c'), store.byTransaction('t'), store.byTransaction(undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('deletes a copy once', () => {
    const store = storeOf(delivery('/a'));
    expect([store.delete('/a'), store.delete('/a'), store.byPath('/a')]).toEqual([true, false, undefined]);
  });

  it('forgets the oldest copies when their content is too much', () => {
    const store = storeOf(delivery('/a', 6), delivery('/b', 5));
    expect(store.deliveries().map(({ path }) => path)).toEqual(['/b']);
  });

  it.each<[DeliveryState[], boolean[], DeliveryState]>([
    [['deferred', 'retrieved'], [true, true], 'retrieved'],
    [['retrieved', 'retrieved'], [true, false], 'retrieved'],
    [['retrieved', 'deferred'], [true, false], 'retrieved'],
    [['rejected', 'retrieved'], [true, false], 'rejected'],
    [['notified'], [false], 'notified'],
  ])('marks a copy as %j only where that is news', (states, news, last) => {
    const store = storeOf(delivery('/a'));
    expect(states.map((state) => store.mark(delivery('/a'), state))).toEqual(news);
    expect(store.byPath('/a')?.state).toBe(last);
  });

  it('marks nothing that it does not hold', () => {
    expect(storeOf().mark(delivery('/a'), 'retrieved')).toBe(false);
  });
});
