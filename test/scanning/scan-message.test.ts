import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODE_LIMITS } from '../../src/codec/decode-limits.ts';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import type { RuleMatch } from '../../src/inspection/rule-match.ts';
import { createScanner, MATCHES_MAX, scanMessage } from '../../src/scanning/scan-message.ts';
import type { ScanContext } from '../../src/scanning/scan-context.ts';
import type { ScanSettings } from '../../src/scanning/scan-settings.ts';
import type { RuleScanner, ScanTarget } from '../../src/scanning/yara-engine.ts';
import { retrieveConfirmation, sendRequest } from '../support/mms-messages.ts';
import { messageWith } from '../support/messages-with.ts';
import { scanSettings } from '../support/scan-rig.ts';
import { scanContext } from '../support/scan-subject.ts';

const MMS = 'application/vnd.wap.mms-message';
const HTML = Buffer.from('<html><body>Failure to Query from Radius Server</body></html>');
const BROKEN = Buffer.from([0x8c, 0x84, 0x98]);

const matchOf = (
  { target, part, member }: ScanTarget,
  rule: string,
  severity: RuleMatch['severity'],
): RuleMatch => ({
  rule,
  namespace: 'n',
  tags: [],
  metadata: {},
  severity,
  target,
  part,
  member,
  patterns: [],
});

/** Rules that note what they are run on, and match as a test says. */
function recording(matches: (target: ScanTarget) => RuleMatch[] = () => []) {
  const targets: ScanTarget[] = [];
  const rules: RuleScanner = {
    scan: (target) => {
      targets.push({ ...target, bytes: target.bytes.slice() });
      return matches(target);
    },
    scansLeft: 9,
  };
  return { rules, targets };
}

function scan(
  bytes: Uint8Array,
  context: Partial<ScanContext> = {},
  {
    settings = {},
    rules = recording().rules,
  }: { settings?: Partial<ScanSettings>; rules?: RuleScanner } = {},
) {
  return scanMessage(bytes, scanContext(context), createScanner(scanSettings(settings), rules, 'digest'));
}

const answered = (bytes: Uint8Array, contentType?: string, contentEncodings: string[] = []) =>
  scan(bytes, { direction: 'inbound', contentType, contentEncodings });

describe('what is a message', () => {
  it.each([MMS, 'text/html', undefined])('is a PDU, labelled %s', async (contentType) => {
    expect(await answered(retrieveConfirmation(), contentType)).toMatchObject({
      kind: 'inspected',
      report: { pdu: { type: 'm-retrieve-conf' }, parts: [{}], anomalies: [], ruleSetDigest: 'digest' },
    });
  });

  it.each([
    ['HTML', HTML, 'text/html'],
    ['text', Buffer.from('Received'), 'text/plain'],
    ['nothing', Buffer.alloc(0), undefined],
    ['nothing, labelled a message', Buffer.alloc(0), MMS],
  ])('is not %s in an answer', async (_, bytes, contentType) => {
    expect(await answered(bytes, contentType)).toEqual({ kind: 'not-a-pdu' });
  });

  it.each([
    ['labelled a message', HTML, `${MMS.toUpperCase()}; charset=utf-8`],
    ['that begins like one', BROKEN, 'text/plain'],
  ])('is what is %s, and then it was not inspected', async (_, bytes, contentType) => {
    expect(await answered(bytes, contentType)).toMatchObject({
      kind: 'not-inspected',
      gaps: [{ reason: 'undecodable' }],
    });
  });

  it.each([
    ['that begins with another header', Buffer.from([0x8d, 0x92, 0x8c, 0x84, 0xff])],
    ['that begins with a spelled header', Buffer.from('X-A\0b\0\x8c\x84\xff', 'latin1')],
  ])('is what some decoder could read as one, and then it was not inspected: %s', async (_, bytes) => {
    expect(await answered(bytes, 'text/plain')).toMatchObject({ kind: 'not-inspected' });
  });

  it('is no text, whatever letters it has', async () => {
    expect(await answered(Buffer.from('<html>\u{1f304}</html>'), 'text/html')).toEqual({ kind: 'not-a-pdu' });
  });

  it.each([HTML, Buffer.alloc(0), BROKEN])('is all that a handset posts', async (bytes) => {
    expect(await scan(bytes, { contentType: 'text/html' })).toMatchObject({ kind: 'not-inspected' });
  });

  it('may come compressed', async () => {
    expect(await answered(gzipSync(retrieveConfirmation()), MMS, ['gzip'])).toMatchObject({
      kind: 'inspected',
    });
    expect(await answered(gzipSync(HTML), 'text/html', ['gzip'])).toEqual({ kind: 'not-a-pdu' });
  });
});

describe('what cannot be inspected', () => {
  it('says where decoding failed', async () => {
    expect(await answered(BROKEN, MMS)).toEqual({
      kind: 'not-inspected',
      gaps: [{ reason: 'undecodable', code: 'truncated', part: undefined, offset: 3 }],
      report: undefined,
      isPoison: false,
    });
  });

  it.each([
    ['an unknown coding', sendRequest(), ['br'], 'undecodable'],
    ['a bomb', gzipSync(Buffer.alloc(3_000_000)), ['gzip'], 'over-limit'],
  ])('is %s', async (_, bytes, encodings, reason) => {
    expect(await answered(bytes, MMS, encodings)).toMatchObject({
      gaps: [{ reason, code: 'content-encoding' }],
    });
  });

  it('is told from what is over a limit, at the limit and one past it', async () => {
    const bytes = retrieveConfirmation();
    const limited = (pduBytesMax: number) => ({
      settings: { decode: { limits: { ...DEFAULT_DECODE_LIMITS, pduBytesMax }, tolerate: REAL_WORLD } },
    });
    expect(await scan(bytes, {}, limited(bytes.length))).toMatchObject({ kind: 'inspected' });
    expect(await scan(bytes, {}, limited(bytes.length - 1))).toMatchObject({
      gaps: [{ reason: 'over-limit', code: 'limit-pdu-bytes' }],
    });
  });

  it('does not hide what the rest of the message holds', async () => {
    const message = messageWith([
      { headers: { contentTransferEncoding: 'x-own' } },
      { bytes: 'http://user@evil.test/' },
    ]);
    const outcome = await scan(message);
    expect(outcome).toMatchObject({
      kind: 'not-inspected',
      gaps: [{ reason: 'undecodable', code: 'part-encoding-unknown', part: 0 }],
    });
    const findings = outcome.kind === 'not-inspected' ? outcome.report?.findings : [];
    expect(findings).toContainEqual(expect.objectContaining({ code: 'url-userinfo', part: 1 }));
  });
});

describe('what crosses the threads', () => {
  it('holds no octets of the message', async () => {
    const subject = { text: 'Gr\uFFFD', charset: 106, raw: Buffer.from('Gr\xfc', 'latin1') };
    const outcome = await scan(messageWith([{ bytes: Buffer.alloc(1000, 'a word ') }], { subject }));
    const views: unknown[] = [];
    JSON.stringify(outcome, (_key, value: unknown) =>
      ArrayBuffer.isView(value) ? views.push(value) : value,
    );
    expect(views).toEqual([]);
    expect(outcome).toMatchObject({
      report: { pdu: { type: 'm-send-req', headers: { transactionId: 'T-1' } } },
    });
  });
});

describe('the rules', () => {
  it('are run on the PDU, on every part, and on the text of text parts', async () => {
    const { rules, targets } = recording();
    const message = messageWith([
      { bytes: 'héllo' },
      { type: 'image/jpeg', bytes: Buffer.from('\xff\xd8\xff\xe0', 'latin1') },
    ]);
    await scan(message, {}, { rules });
    const seen = targets.map(({ target, isOwnText = false, part, bytes }) => [
      isOwnText ? `${target} and text` : target,
      part,
      Buffer.from(bytes).toString('latin1'),
    ]);
    expect(seen).toEqual([
      ['pdu', undefined, message.toString('latin1')],
      ['part and text', 0, Buffer.from('héllo').toString('latin1')],
      ['part', 1, '\xff\xd8\xff\xe0'],
    ]);
  });

  it('see text in UTF-8, whatever it came in', async () => {
    const { rules, targets } = recording();
    const parameters = [{ name: 'charset', value: 1015 }];
    await scan(messageWith([{ bytes: Buffer.from('\ufeffhallo', 'utf16le'), parameters }]), {}, { rules });
    expect(
      targets.filter(({ target }) => target === 'text').map(({ bytes }) => Buffer.from(bytes).toString()),
    ).toContain('hallo');
  });

  it('are told what is known of a part and its message', async () => {
    const { rules, targets } = recording();
    const message = messageWith([
      { type: 'Image/JPEG', bytes: 'GIF89a', headers: { contentLocation: 'a.jpg' } },
    ]);
    await scan(message, { direction: 'inbound', senderClass: 'authenticated' }, { rules });
    expect(targets.at(-1)?.externals).toEqual({
      declared_type: 'image/jpeg',
      sniffed_type: 'image/gif',
      filename: 'a.jpg',
      direction: 'inbound',
      pdu_type: 'm-send-req',
      part_index: 0,
      part_count: 1,
      message_size: message.length,
      sender_class: 'authenticated',
    });
  });

  it('bring the worst matches, within a bound', async () => {
    const { rules } = recording((target) =>
      Array.from({ length: MATCHES_MAX }, (_, index) =>
        matchOf(target, `r${index}`, target.part === 0 ? 'critical' : 'low'),
      ),
    );
    const outcome = await scan(sendRequest(), {}, { rules });
    const matches = outcome.kind === 'inspected' ? outcome.report.matches : [];
    expect([matches.length, new Set(matches.map(({ severity }) => severity))]).toEqual([
      MATCHES_MAX,
      new Set(['critical']),
    ]);
  });
});

describe('the second opinion', () => {
  it('names what our own table does not know, and never more', async () => {
    const { rules, targets } = recording();
    const flif = Buffer.concat([Buffer.from('FLIF'), Buffer.alloc(60, 1)]);
    await scan(messageWith([{ type: 'application/octet-stream', bytes: flif }]), {}, { rules });
    expect(targets.at(-1)?.externals.sniffed_type).toBe('image/flif');
  });
});
