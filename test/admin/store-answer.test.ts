import { describe, expect, it } from 'vitest';
import { pageAnswer, valueAnswer } from '../../src/admin/store-answer.ts';

const FAILURE = { kind: 'failed', code: 'timeout', detail: 'd' } as const;

describe('what a store says', () => {
  it('is shown', () => {
    expect(valueAnswer({ kind: 'found', value: 2 }, (value) => value + 1)).toEqual({
      kind: 'json',
      status: 200,
      value: 3,
    });
    const page = { items: [1], next: 'n' };
    expect(pageAnswer({ kind: 'found', value: page })).toMatchObject({ status: 200, value: page });
  });

  it('is an error when there is nothing, or the store failed', () => {
    const same = (value: unknown): unknown => value;
    expect(valueAnswer({ kind: 'unknown' }, same)).toMatchObject({ code: 'unknown' });
    expect(pageAnswer({ kind: 'unknown' })).toMatchObject({ code: 'bad-cursor' });
    expect(valueAnswer(FAILURE, same)).toMatchObject({ code: 'timeout', details: { detail: 'd' } });
    expect(pageAnswer(FAILURE)).toMatchObject({ code: 'timeout' });
  });
});
