import { describe, expect, it } from 'vitest';
import { textTable } from '../../src/app/text-table.ts';

describe('a table', () => {
  it('has columns as wide as their widest cell, and no spaces at the end', () => {
    expect(
      textTable(
        ['id', 'octets'],
        [
          ['long-id', 1],
          [undefined, 22_222_222],
          ['x', undefined],
        ],
      ),
    ).toEqual(['id       octets', 'long-id  1', '         22222222', 'x']);
  });

  it('is its heading when there is nothing', () => {
    expect(textTable(['a', 'b'], [])).toEqual(['a  b']);
  });

  it('is safe to print', () => {
    expect(textTable(['a'], [['\u001b[31m\n']])).toEqual(['a', '\\u{1b}[31m\\u{a}']);
  });
});
