import { describe, expect, it } from 'vitest';
import { AccessFailures } from '../../src/admin/access-failures.ts';

const LIMITS = { failuresMax: 3, windowMs: 1000, addressesMax: 2 };

function failing(address: string, count: number, nowMs = 5000): AccessFailures {
  const failures = new AccessFailures(LIMITS);
  for (let failure = 0; failure < count; failure += 1) failures.add(address, nowMs);
  return failures;
}

describe('failures of access', () => {
  it.each([
    [0, 0],
    [2, 0],
    [3, 1000],
    [4, 1000],
  ])('after %i of one address it is refused for %i ms', (count, blockedMs) => {
    expect(failing('a', count).blockedMs('a', 5000)).toBe(blockedMs);
  });

  it('are forgiven when their window is over, and not before', () => {
    const failures = failing('a', 3);
    expect([failures.blockedMs('a', 5999), failures.blockedMs('a', 6000)]).toEqual([1, 0]);
  });

  it('count anew after that', () => {
    const failures = failing('a', 3);
    failures.add('a', 6000);
    expect(failures.blockedMs('a', 6000)).toBe(0);
  });

  it('of one address say nothing of another', () => {
    expect(failing('a', 9).blockedMs('b', 5000)).toBe(0);
  });

  it('are forgotten of the oldest address when there are too many', () => {
    const failures = failing('a', 3);
    failures.add('b', 5001);
    expect(failures.blockedMs('a', 5001)).toBe(999);
    failures.add('c', 5002);
    expect(failures.blockedMs('a', 5002)).toBe(0);
  });

  it('do not outlast a clock that is set back', () => {
    expect(failing('a', 3).blockedMs('a', 4000)).toBe(0);
  });
});
