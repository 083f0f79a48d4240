import { describe, expect, it } from 'vitest';
import { extensionsOf } from '../../src/inspection/file-name-extension.ts';

describe('extensionsOf', () => {
  it.each([
    ['photo.jpg', '', 'jpg'],
    ['PHOTO.JPG', '', 'jpg'],
    ['photo.jpg.exe', 'jpg', 'exe'],
    ['photo.jpg          .exe', 'jpg', 'exe'],
    ['a.b.c.d', 'c', 'd'],
    ['evil.apk.', '', 'apk'],
    ['evil.apk . . ', '', 'apk'],
    ['evil.apk\0', '', 'apk'],
    ['evil.a\u200bpk\u200f', '', 'apk'],
    ['photo\u202egpj.exe', '', 'exe'],
    ['.apk', '', 'apk'],
    ['folder.d/name', '', ''],
    ['C:\\folder\\evil.exe', '', 'exe'],
    ['http://host.com/a.jpg?x=y.exe#z.exe', '', 'jpg'],
    ['http://host.com', '', 'com'],
    ['a.jpg?x=y.exe', 'jpg?x=y', 'exe'],
    ['cid:123@host.example', '', 'example'],
    ['name', '', ''],
    ['...', '', ''],
    ['', '', ''],
  ])('%j: %j before %j', (name, inner, last) => {
    expect(extensionsOf(name)).toEqual({ inner, last });
  });

  it('takes linear time on a name of spaces', () => {
    expect(extensionsOf(`${' '.repeat(500_000)}x.apk${' '.repeat(500_000)}`).last).toBe('apk');
  });
});
