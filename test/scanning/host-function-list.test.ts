import { describe, expect, it } from 'vitest';
import { findNodeList } from '../../src/scanning/host-function-list.ts';

/** A memory of 100 words, and the same after `nodes` were hung into a list whose head is word 5. */
function memoryWith(nodes: readonly number[]): { before: Uint32Array; after: Uint32Array } {
  const before = new Uint32Array(100);
  const after = new Uint32Array(100);
  let head = 0;
  for (const node of nodes) {
    after.set([1000, 2000, head], node / 4);
    head = node;
  }
  after[5] = head;
  return { before, after };
}

describe('findNodeList', () => {
  it('finds the list by the number of its nodes', () => {
    const { before, after } = memoryWith([200, 80, 120]);
    expect(findNodeList(before, after, 3)).toEqual({ head: 20, first: 120, last: 200 });
  });

  it.each([2, 4])('finds no list of %i nodes where one has 3', (count) => {
    const { before, after } = memoryWith([200, 80, 120]);
    const found = findNodeList(before, after, count);
    expect(found?.head).not.toBe(20);
  });

  it('finds none when two heads lead to as many nodes', () => {
    const { before, after } = memoryWith([200, 80, 120]);
    after[6] = after[5]!;
    expect(findNodeList(before, after, 3)).toBeUndefined();
  });

  it('finds none whose head was there before', () => {
    const { before, after } = memoryWith([200, 80, 120]);
    before[5] = after[5]!;
    expect(findNodeList(before, after, 3)).toBeUndefined();
  });

  it.each([
    ['leads out of memory', 4000],
    ['is not aligned', 81],
    ['leads back', 120],
  ])('finds none with a node that %s', (_, next) => {
    const { before, after } = memoryWith([200, 80, 120]);
    after[80 / 4 + 2] = next;
    expect(findNodeList(before, after, 3)).toBeUndefined();
  });
});
