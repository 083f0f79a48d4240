import { describe, expect, it } from 'vitest';
import { partView } from '../../src/inspection/message-parts.ts';
import { PUBLIC_ID_OCTETS_MAX, provisioningDetector } from '../../src/inspection/provisioning-detector.ts';
import { codesOf, detectMutated, detectTruncated } from '../support/detection.ts';
import { joined, zeros } from '../support/sample-octets.ts';

/** The codes of a part that is sniffed as parts of messages are. */
function found(bytes: Uint8Array, declaredType = ''): readonly string[] {
  const part = partView(bytes, { index: 0, declaredType, charset: undefined, fileName: '' });
  return codesOf(provisioningDetector, bytes, part);
}

const STRING_TABLE = '-//WAPFORUM//DTD PROV 1.0//EN';
/** WBXML 1.3, public identifier 0 at place 0 of the string table, UTF-8. */
const BY_TEXT = joined([3, 0, 0, 0x6a, STRING_TABLE.length + 1], STRING_TABLE, '\0\x45');

describe('provisioning', () => {
  it.each<[string, Uint8Array]>([
    ['client provisioning as WBXML', joined([3, 0x0b, 0x6a, 0, 0x45])],
    ['a service indication as WBXML', joined([2, 0x05, 0x6a, 0, 0x45])],
    ['a service loading as WBXML', joined([1, 0x06, 0x04, 0, 0x85])],
    ['WBXML that names its type by text', BY_TEXT],
    ['client provisioning as XML', joined('<?xml version="1.0"?><wap-provisioningdoc version="1.0"/>')],
    ['a service indication as XML', joined('<!DOCTYPE si PUBLIC "-//WAPFORUM//DTD SI 1.0//EN"><si/>')],
    ['XML as UTF-16', new Uint8Array(Buffer.from('\uFEFF<wap-provisioningdoc/>', 'utf16le'))],
    ['device management', joined('<SyncML><SyncHdr/></SyncML>')],
  ])('is found by content: %s', (_, bytes) => {
    expect(found(bytes)).toEqual(['provisioning-document']);
  });

  it.each([
    'application/vnd.wap.connectivity-wbxml',
    'text/vnd.wap.connectivity-xml',
    'application/vnd.wap.slc',
    'text/vnd.wap.si',
    'application/vnd.syncml.dm+wbxml',
  ])('is found by its label %s', (declaredType) => {
    expect(found(joined('hello'), declaredType)).toEqual(['provisioning-type']);
  });

  it.each<[string, Uint8Array]>([
    ['a text that speaks of it', joined('send me the <wap-provisioningdoc> again')],
    ['a page of WML', joined([1, 0x04, 0x6a, 0, 0x7f])],
    ['rights', joined([3, 0x0e, 0x6a, 0, 0x45])],
    [
      'other WBXML with a type by text',
      joined([3, 0, 0, 0x6a, 29], '-//WAPFORUM//DTD WML 1.3//EN', '\0\x7f'),
    ],
    ['a type by text that the header does not point to', joined([3, 4], BY_TEXT.subarray(2))],
    ['a type by text behind another start', joined([4], BY_TEXT.subarray(1))],
    ['a presentation', joined('<smil/>')],
    ['nothing', zeros(0)],
  ])('is not found in %s', (_, bytes) => {
    expect(found(bytes)).toEqual([]);
  });

  it('is looked for by its text in the first octets only', () => {
    const at = (offset: number): Uint8Array => joined([3, 0, 0, 0x6a], zeros(offset - 4), '//DTD PROV ');
    const last = PUBLIC_ID_OCTETS_MAX - '//DTD PROV '.length;
    expect(found(at(last))).toEqual(['provisioning-document']);
    expect(found(at(last + 1))).toEqual([]);
  });

  it('may be cut or damaged', () => {
    detectTruncated(provisioningDetector, BY_TEXT);
    detectMutated(provisioningDetector, [BY_TEXT]);
  });
});
