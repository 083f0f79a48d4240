import { describe, expect, it } from 'vitest';
import { MmscStore, type Delivery } from '../../src/lab/mmsc-store.ts';

function delivery(path: string, octets = 10): Delivery {
  return {
    path,
    transactionId: `T${path}`,
    recipient: { text: '+12025550122/TYPE=PLMN' },
    message: {
      messageId: 'M',
      from: { text: '+12025550111/TYPE=PLMN' },
      date: 0,
      headers: {},
      content: new Uint8Array(octets),
      forwarders: [],
    },
    state: 'notified',
  };
}

describe('the store of the MMSC', () => {
  it('finds a copy by its path and by its transaction', () => {
    const store = new MmscStore({ countMax: 10, bytesMax: 1000 });
    store.add(delivery('/a'));
    store.add(delivery('/b'));
    expect(store.byPath('/b')?.path).toBe('/b');
    expect(store.byTransaction('T/a')?.path).toBe('/a');
    expect([store.byPath('/c'), store.byTransaction(undefined)]).toEqual([undefined, undefined]);
  });

  it('records how far a copy has come, and says when that is no news', () => {
    const store = new MmscStore({ countMax: 10, bytesMax: 1000 });
    const copy = delivery('/a');
    store.add(copy);
    expect([store.mark(copy, 'retrieved'), store.mark(copy, 'retrieved')]).toEqual([true, false]);
    expect(store.byPath('/a')?.state).toBe('retrieved');
    expect(store.mark(delivery('/gone'), 'retrieved')).toBe(false);
  });

  it('forgets the oldest copies over its limits', () => {
    const store = new MmscStore({ countMax: 2, bytesMax: 25 });
    for (const path of ['/a', '/b', '/c']) store.add(delivery(path));
    expect(store.deliveries().map(({ path }) => path)).toEqual(['/b', '/c']);
    store.add(delivery('/d', 20));
    expect(store.deliveries().map(({ path }) => path)).toEqual(['/d']);
  });

  it('deletes a copy once', () => {
    const store = new MmscStore({ countMax: 2, bytesMax: 100 });
    store.add(delivery('/a'));
    expect([store.delete('/a'), store.delete('/a')]).toEqual([true, false]);
  });
});
