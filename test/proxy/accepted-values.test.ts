import { describe, expect, it } from 'vitest';
import { ACCEPTED_VALUES_MAX, acceptedValues } from '../../src/proxy/accepted-values.ts';

const listed = (header: string | undefined) =>
  acceptedValues(header).map(({ value, quality }) => `${value} ${quality}`);

describe('acceptedValues', () => {
  it.each([
    ['de', ['de 1']],
    ['en;q=0.5, DE-at , fr;q=0.8', ['de-at 1', 'fr 0.8', 'en 0.5']],
    ['a, b;q=1.000, c ; q = 0.', ['a 1', 'b 1', 'c 0']],
    ['*;q=0, utf-8', ['utf-8 1', '* 0']],
    ['iso_8859-1:1987', ['iso_8859-1:1987 1']],
    ['', []],
    [undefined, []],
    [' , ,', []],
    ['a;q=2, b;q=-1, c;q=0.1234, d;q=x, e f, ;q=1, g;level=1, h', ['h 1']],
  ])('reads %j', (header, expected) => {
    expect(listed(header)).toEqual(expected);
  });

  it('reads so many values and not one more', () => {
    const header = (count: number): string => Array.from({ length: count }, (_, at) => `l${at}`).join(',');
    expect(listed(header(ACCEPTED_VALUES_MAX))).toHaveLength(ACCEPTED_VALUES_MAX);
    expect(listed(header(ACCEPTED_VALUES_MAX + 1))).toEqual(listed(header(ACCEPTED_VALUES_MAX)));
  });
});
