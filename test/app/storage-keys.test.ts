import { describe, expect, it } from 'vitest';
import {
  KEY_BYTES,
  KEY_FILE_BYTES_MAX,
  newKeysText,
  parseStorageKeys,
  readStorageKeys,
  sealLine,
} from '../../src/app/storage-keys.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const PSEUDONYM = `pseudonym ${Buffer.alloc(KEY_BYTES, 1).toString('base64')}`;
const seal = (id: string, fill = 2): string =>
  `seal ${id} ${Buffer.alloc(KEY_BYTES, fill).toString('base64')}`;

describe('the keys of a storage', () => {
  it('are made fresh, and read', () => {
    const [one, other] = [newKeysText('a'), newKeysText('a')].map(parseStorageKeys);
    expect([one?.ok, other?.ok]).toEqual([true, true]);
    if (one?.ok !== true || other?.ok !== true) return;
    expect(one.keys.seal).toMatchObject([{ id: 'a' }]);
    expect(one.keys.pseudonym).not.toEqual(other.keys.pseudonym);
    expect(one.keys.released).toHaveLength(KEY_BYTES);
    expect(one.keys.released).not.toEqual(one.keys.pseudonym);
  });

  it('seal with the first, and open with all', () => {
    const parsed = parseStorageKeys([sealLine('new'), seal('old'), PSEUDONYM].join('\n'));
    expect(parsed.ok && parsed.keys.seal.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it.each([
    ['', /no seal key/],
    [PSEUDONYM, /no seal key/],
    [seal('a'), /one pseudonym key/],
    [[seal('a'), PSEUDONYM, PSEUDONYM].join('\n'), /one pseudonym key/],
    [[seal('a'), seal('a', 3), PSEUDONYM].join('\n'), /two seal keys of one name/],
    [['# a comment', 'seal a AAAA', PSEUDONYM].join('\n'), /line 2 is no key/],
    [`seal ${'a'.repeat(33)} ${Buffer.alloc(KEY_BYTES).toString('base64')}`, /line 1 is no key/],
  ])('are refused, and not repeated, when they are wrong: %j', (text, message) => {
    const parsed = parseStorageKeys(text);
    expect(parsed).toEqual({ ok: false, message: expect.stringMatching(message) as string });
    expect(JSON.stringify(parsed)).not.toContain('AAAA');
  });

  it('come from the file, or from the environment, where ; stands for the end of a line', async () => {
    const environment = { MMSGUARD_KEYS: `${seal('env')};${PSEUDONYM}` };
    const file = scratchFile('keys', newKeysText('file'));
    expect(await readStorageKeys(file, environment)).toMatchObject({ keys: { seal: [{ id: 'file' }] } });
    expect(await readStorageKeys(null, environment)).toMatchObject({ keys: { seal: [{ id: 'env' }] } });
    expect(await readStorageKeys(null, {})).toMatchObject({ ok: false });
    expect(await readStorageKeys(`${file}.none`, environment)).toMatchObject({ ok: false });
  });

  it('are not read from a file that is no key file', async () => {
    const comment = '#'.repeat(KEY_FILE_BYTES_MAX + 1 - newKeysText('a').length);
    const file = scratchFile('keys', newKeysText('a') + comment);
    expect(await readStorageKeys(file, {})).toMatchObject({ ok: false });
  });
});
