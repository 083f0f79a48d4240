import { describe, expect, it } from 'vitest';
import { Inbox, INBOX_MAX } from '../../src/lab/inbox.ts';

const never = new AbortController().signal;

describe('an inbox', () => {
  it('gives items in their order', async () => {
    const inbox = new Inbox<number>();
    inbox.add(1);
    inbox.add(2);
    expect([await inbox.next(never), await inbox.next(never)]).toEqual([1, 2]);
  });

  it('waits for an item', async () => {
    const inbox = new Inbox<string>();
    const next = inbox.next(never);
    inbox.add('late');
    expect(await next).toBe('late');
  });

  it('gives up when none comes', async () => {
    expect(await new Inbox<string>().next(AbortSignal.timeout(1))).toBeUndefined();
  });

  it.each([
    [INBOX_MAX, 0],
    [INBOX_MAX + 1, 1],
  ])('with %i items begins with item %i', async (count, first) => {
    const inbox = new Inbox<number>();
    for (let item = 0; item < count; item += 1) inbox.add(item);
    expect(await inbox.next(never)).toBe(first);
  });
});
