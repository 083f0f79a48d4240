import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FindingCollector } from '../../src/inspection/finding-collector.ts';
import { partView } from '../../src/inspection/message-parts.ts';
import { ZIP_DEPTH_MAX } from '../../src/inspection/zip-archive.ts';
import {
  MEMBER_OCTETS_MAX,
  partTargets,
  pduTarget,
  targetBudget,
  TEXT_CHARACTERS_MAX,
} from '../../src/scanning/message-targets.ts';
import { zipOf } from '../support/zip-sample.ts';

const MESSAGE = {
  direction: 'outbound',
  pdu_type: 'm-send-req',
  part_count: 1,
  message_size: 9,
  sender_class: 'unknown',
};

function targetsOf(bytes: Uint8Array, declaredType = 'application/octet-stream', budget = targetBudget()) {
  const collector = new FindingCollector();
  const part = partView(bytes, { index: 4, declaredType, charset: undefined, fileName: 'a.bin' });
  const targets = [...partTargets(part, { message: MESSAGE, collector, budget })];
  return {
    targets,
    members: targets.filter(({ target }) => target === 'archive-member'),
    gaps: collector.gaps,
  };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('pduTarget', () => {
  it('is the whole PDU, of no part', () => {
    const { externals, ...target } = pduTarget(Buffer.from('pdu'), MESSAGE);
    expect(target).toMatchObject({ target: 'pdu', part: undefined, member: undefined });
    expect(externals).toMatchObject({ ...MESSAGE, declared_type: '', part_index: -1 });
  });
});

describe('partTargets', () => {
  it('are the part alone when it is neither text nor archive', () => {
    const { targets } = targetsOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2]), 'image/jpeg');
    expect(targets.map(({ target, part }) => [target, part])).toEqual([['part', 4]]);
  });

  it('are every reading of a text', () => {
    const { targets } = targetsOf(Buffer.from('Grüße', 'latin1'), 'text/plain');
    expect(targets.map(({ target, bytes }) => [target, Buffer.from(bytes).toString()]).slice(1)).toEqual([
      ['text', 'Gr\uFFFD\uFFFDe'],
      ['text', 'Grüße'],
    ]);
  });

  it('are one for a text in UTF-8 and its part, and two when a mark of the byte order comes off', () => {
    const kindsOf = (text: string) =>
      targetsOf(Buffer.from(text), 'text/plain').targets.map(({ target, isOwnText }) => [target, isOwnText]);
    expect(kindsOf('Grüße')).toEqual([['part', true]]);
    expect(kindsOf('\ufeffGrüße')).toEqual([
      ['part', false],
      ['text', undefined],
    ]);
  });

  it('are the members of an archive, numbered', () => {
    const { members, gaps } = targetsOf(
      zipOf([
        { name: 'a', content: 'first' },
        { name: 'b', content: 'second' },
      ]),
    );
    expect(members.map(({ member, bytes }) => [member, text(bytes)])).toEqual([
      [0, 'first'],
      [1, 'second'],
    ]);
    expect(gaps).toEqual([]);
  });

  it('are the members of archives inside, as deep as may be, and the rest was not inspected', () => {
    let archive: Uint8Array = Buffer.from('core');
    for (let depth = 0; depth < ZIP_DEPTH_MAX; depth += 1) archive = zipOf([{ name: 'a', content: archive }]);
    const fitting = targetsOf(archive);
    expect([fitting.members.length, text(fitting.members.at(-1)?.bytes ?? new Uint8Array())]).toEqual([
      ZIP_DEPTH_MAX,
      'core',
    ]);
    expect(fitting.gaps).toEqual([]);
    expect(targetsOf(zipOf([{ name: 'a', content: archive }])).gaps).toMatchObject([
      { reason: 'over-limit', code: 'archive-not-exhausted', part: 4 },
    ]);
  });

  it('are as many members as one message may have, and the rest was not inspected', () => {
    const archive = zipOf([
      { name: 'a', content: '12345' },
      { name: 'b', content: '678' },
    ]);
    const left = (memberOctets: number) => targetsOf(archive, '', { ...targetBudget(), memberOctets });
    expect([left(8).members.length, left(8).gaps]).toEqual([2, []]);
    expect(left(7)).toMatchObject({ members: [{ member: 0 }], gaps: [{ code: 'archive-not-exhausted' }] });
    expect(targetBudget().memberOctets).toBe(MEMBER_OCTETS_MAX);
  });

  it('are as much text as one message may have, and the rest was not inspected', () => {
    const left = (textCharacters: number) =>
      targetsOf(Buffer.from('some text'), 'text/plain', { ...targetBudget(), textCharacters });
    expect([left(9).targets, left(9).gaps]).toMatchObject([[{ isOwnText: true }], []]);
    expect(left(8).gaps).toMatchObject([{ reason: 'over-limit', code: 'text-cut' }]);
    expect(left(8).targets.map(({ bytes }) => text(bytes))).toEqual(['some text', 'some tex']);
    expect(left(0).targets.map(({ target }) => target)).toEqual(['part']);
    expect(targetBudget().textCharacters).toBe(TEXT_CHARACTERS_MAX);
  });

  it('do not leave an archive that nobody opens for inspected', () => {
    expect(targetsOf(gzipSync('x')).gaps).toMatchObject([
      { reason: 'undecodable', code: 'archive-not-opened' },
    ]);
  });
});
