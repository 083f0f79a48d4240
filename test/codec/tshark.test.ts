/** Our decoder and Wireshark's, which share no code, say the same of every PDU, octet for octet. */
import { beforeAll, describe, expect, it } from 'vitest';
import { REAL_WORLD } from '../../src/codec/deviations.ts';
import { decodePdu } from '../../src/codec/pdu.ts';
import { decodePush, looksLikePush } from '../../src/codec/wap-push.ts';
import { CORPUS } from '../support/corpus.ts';
import { FIXTURES } from '../support/fixtures.ts';
import { isInstalled, mustSkip } from '../support/needs.ts';
import { disagreements, ourAccount, theirAccount } from '../support/pdu-account.ts';
import { dissectAll, type Dissected } from '../support/tshark.ts';

interface Message {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Disagreement {
  readonly because: string;
  /** `-`: only we say so. `+`: only tshark does. */
  readonly lines: readonly string[];
}

const UNTYPED = 'tshark shows the value of a parameter that is spelled out, and not its name';
const UNNAMED_TYPE = 'tshark 4 names message types only up to 0x93';

/** Where the two disagree, and which is right. */
const DISAGREEMENTS: Readonly<Record<string, Disagreement>> = {
  'python-messaging/gallery2test.mms': {
    because: UNTYPED,
    lines: [
      '- part 2: text/plain; charset=4 | content_id="<text_0>" | @584+3 3c809118e5b45de5',
      '- part 3: image/jpeg; name=gnu-head.jpg | content_id="<image_0>" | @633+18395 df8a6a59e73fb278',
      '+ part 2: text/plain; wsp.untype.text=iso-8859-1 | content_id="<text_0>" | @584+3 3c809118e5b45de5',
      '+ part 3: image/jpeg; wsp.untype.text=gnu-head.jpg | content_id="<image_0>" | @633+18395 df8a6a59e73fb278',
    ],
  },
  'python-messaging/openwave.mms': {
    because: UNTYPED,
    lines: [
      '- part 2: text/plain; charset=4 | content_id="<text_0>" | @536+6 4094a2b7125c7564',
      '+ part 2: text/plain; wsp.untype.text=iso-8859-1 | content_id="<text_0>" | @536+6 4094a2b7125c7564',
    ],
  },
  'deviation-content-type-not-last-headers': {
    because: 'it reads 0x96 0x68 as the count of the parts, and finds one that is not there',
    lines: ['- body of 4', '+ part 1: unreadable'],
  },
  'deviation-duplicate-header': {
    because: 'we keep the last of two as Android does, and it shows both',
    lines: ['- header @5+2 1.2', '+ header @5+2 1.3'],
  },
  'deviation-duplicate-part-header': {
    because: 'we keep the last of two as Android does, and it shows both',
    lines: [
      '- part 1: text/plain | content_location=b | @27+2 8f434346648f6b96',
      '+ part 1: text/plain | content_location=a | content_location=b | @27+2 8f434346648f6b96',
    ],
  },
  'deviation-header-octet-unassigned': {
    because: 'it takes both octets for an application header without name and value',
    lines: ['- header @7+1 ', '- header @8+1 ', '+ header @7+2 : '],
  },
  'deviation-integer-overlong': {
    because: 'it reads no date of over four octets',
    lines: ['- header @7+7 absolute 1700000000', '+ header @7+7 absolute 0'],
  },
  'deviation-media-type-malformed': {
    because: 'it shows the text, and we read the parameter in it',
    lines: ['- header @15+28 text/x-note; charset=106', '+ header @15+28 text/x-note; charset=utf-8'],
  },
  'deviation-message-type-not-first': {
    because: 'it takes the third octet for the message type, wherever the header stands',
    lines: [
      '- header @0+3 1',
      '- header @3+2 0x85 m-acknowledge-ind',
      '- header @5+2 1.3',
      '+ header @0+2 0x31 Unknown',
    ],
  },
  'deviation-multipart-malformed': {
    because: 'it reads the dash as a count of 45 parts, and finds one that is not there',
    lines: ['- body of 10', '+ part 1: unreadable'],
  },
  'deviation-parameter-malformed-value': {
    because: 'it reads on past the Content-Type, into the data',
    lines: [
      '- part 1: text/plain; unreadable=810203 | @25+2 8f434346648f6b96',
      '+ part 1: text/plain; charset=<Unknown character set Identifier 872> | @25+2 8f434346648f6b96',
    ],
  },
  'deviation-parameter-malformed': {
    because: 'it skips the parameter, and we keep its octets',
    lines: [
      '- part 1: text/plain; unreadable=ff4100 | @25+2 8f434346648f6b96',
      '+ part 1: text/plain; =Undecoded parameter type 0x7f | @25+2 8f434346648f6b96',
    ],
  },
  'deviation-part-truncated': {
    because: 'it drops the data of a part that is cut',
    lines: ['- part 1: text/plain | @21+2 8f434346648f6b96', '+ part 1: text/plain | @21+0 e3b0c44298fc1c14'],
  },
  'deviation-quoted-string-unquoted': {
    because: 'it shows quotes only where the wire has the opening one, and we tell the text',
    lines: [
      '- part 1: text/plain | content_id="<a>" | @26+2 8f434346648f6b96',
      '+ part 1: text/plain | content_id=<a> | @26+2 8f434346648f6b96',
    ],
  },
  'deviation-text-invalid-charset': {
    because: 'it reads one octet as the charset, whose length that is: so does Android',
    lines: ['- header @15+8 hi', '+ header @15+8 \\x7\ufffdhi'],
  },
  'deviation-text-nul-misplaced': {
    because: 'it reads one octet as the charset, and ends the text at the first NUL: so does Android',
    lines: ['- header @15+10 \u0000h\ufffd\ufffd', '+ header @15+10 \\x3\ufffd'],
  },
  'deviation-token-unassigned': {
    because: 'it calls the octet unknown, and we keep its number',
    lines: ['- header @7+2 0x82', '+ header @7+2 0x82 unknown'],
  },
  'deviation-uri-space': {
    because: UNNAMED_TYPE,
    lines: ['- header @0+2 0x94 m-delete-req', '+ header @0+2 0x94 Unknown'],
  },
  'deviation-value-length-as-octet': {
    because: 'it gives up at a length of over 31',
    lines: [
      '- header @7+35 sender.with.a.long.name@example',
      '- header @42+5 a@b',
      '- header @47+2 text/plain',
      '- body of 2',
    ],
  },
  'm-cancel-conf': {
    because: UNNAMED_TYPE,
    lines: ['- header @0+2 0x97 m-cancel-conf', '+ header @0+2 0x97 Unknown'],
  },
  'm-cancel-req': {
    because: UNNAMED_TYPE,
    lines: ['- header @0+2 0x96 m-cancel-req', '+ header @0+2 0x96 Unknown'],
  },
  'm-delete-conf': {
    because: UNNAMED_TYPE,
    lines: ['- header @0+2 0x95 m-delete-conf', '+ header @0+2 0x95 Unknown'],
  },
  'm-delete-req': {
    because: UNNAMED_TYPE,
    lines: ['- header @0+2 0x94 m-delete-req', '+ header @0+2 0x94 Unknown'],
  },
  'm-mbox-delete-conf': {
    because: 'it knows no counted Content-Location, and gives up there',
    lines: [
      '- header @9+29 http://mmsc.example/m?id=42',
      '- header @38+29 http://mmsc.example/m?id=43',
      '- header @67+4 028180',
      '- header @71+4 0282e4',
      '- header @75+9 deleted',
      '- header @84+11 not found',
    ],
  },
};

/** Messages that carry an MMS PDU. The corpus is absent from most machines; the fixtures are always there. */
const MESSAGES: readonly Message[] = [
  ...CORPUS.filter(({ type }) => !type.includes('other')).map(({ file, bytes }) => ({ name: file, bytes })),
  ...FIXTURES,
];

const isSkipped = mustSkip(isInstalled('tshark'));

describe.skipIf(isSkipped)(
  'tshark as an independent decoder (skipped where it is not installed, but not in CI)',
  () => {
    const dissected = new Map<string, Dissected | undefined>();

    beforeAll(() => {
      const results = dissectAll(MESSAGES.map(({ bytes }) => bytes));
      MESSAGES.forEach(({ name }, index) => dissected.set(name, results[index]));
    });

    it.each(MESSAGES)('agrees on $name, but for what is explained', ({ name, bytes }) => {
      const pdu = looksLikePush(bytes) ? decodePush(bytes, { tolerate: REAL_WORLD }).bytes : bytes;
      const mmse = dissected.get(name);
      if (mmse === undefined) throw new Error('tshark sees no MMS PDU in it');
      const ours = ourAccount(decodePdu(pdu, { tolerate: REAL_WORLD }), pdu);
      expect(disagreements(ours, theirAccount(mmse))).toEqual(DISAGREEMENTS[name]?.lines ?? []);
    });

    it('is explained only where it disagrees', () => {
      const names = new Set(MESSAGES.map(({ name }) => name));
      const own = Object.keys(DISAGREEMENTS).filter((name) => !name.includes('/'));
      expect(own.filter((name) => !names.has(name))).toEqual([]);
    });
  },
);
