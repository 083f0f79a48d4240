import { describe, expect, it } from 'vitest';
import { ByteBudget } from '../../src/proxy/byte-budget.ts';

describe('ByteBudget', () => {
  it('gives what fits to the byte, and no byte more', () => {
    const budget = new ByteBudget(10);
    const [one, two] = [budget.open(), budget.open()];
    expect([one.take(6), two.take(4), two.take(1)]).toEqual([true, true, false]);
    expect(budget.held).toBe(10);
  });

  it('takes nothing when it refuses', () => {
    const budget = new ByteBudget(10);
    const hold = budget.open();
    expect([hold.take(11), hold.take(10)]).toEqual([false, true]);
  });

  it('gives back what one exchange took, once, and leaves the others theirs', () => {
    const budget = new ByteBudget(10);
    const [one, two] = [budget.open(), budget.open()];
    one.take(3);
    one.take(2);
    two.take(4);
    one.release();
    one.release();
    expect(budget.held).toBe(4);
  });
});
