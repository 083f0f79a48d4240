import { expect, it } from 'vitest';
import { storeFailure } from '../../src/storage/store-failure.ts';

it('says of a database what it said itself', () => {
  expect(storeFailure({ ok: false, code: 'timeout', detail: 'no answer in 5000 ms' })).toEqual({
    kind: 'failed',
    code: 'timeout',
    detail: 'no answer in 5000 ms',
  });
});
