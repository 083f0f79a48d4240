import { describe, expect, it } from 'vitest';
import { Inbox, INBOX_MAX } from '../../src/lab/inbox.ts';

const never = new AbortController().signal;

describe('an inbox', () => {
  it('gives what came first, first', async () => {
    const inbox = new Inbox<number>();
    inbox.add(1);
    inbox.add(2);
    expect([await inbox.next(never), await inbox.next(never)]).toEqual([1, 2]);
  });

  it('waits for what comes', async () => {
    const inbox = new Inbox<string>();
    const next = inbox.next(never);
    inbox.add('late');
    expect(await next).toBe('late');
  });

  it('stops waiting with the signal', async () => {
    const inbox = new Inbox<string>();
    const waiting = new AbortController();
    const next = inbox.next(waiting.signal);
    waiting.abort();
    expect(await next).toBeUndefined();
    expect(await inbox.next(waiting.signal)).toBeUndefined();
  });

  it('forgets the oldest over its limit', async () => {
    const inbox = new Inbox<number>();
    for (let item = 0; item < INBOX_MAX; item += 1) inbox.add(item);
    expect(await inbox.next(never)).toBe(0);
    for (let item = 0; item < 2; item += 1) inbox.add(INBOX_MAX + item);
    expect(await inbox.next(never)).toBe(2);
  });
});
