import { joined, patched, zeros } from '../support/sample-octets.ts';
import { utf8 } from './bytes.ts';
import type { FamilySamples, Positive } from './sample.ts';

const prov = joined([3, 0x0b, 0x6a, 0, 0x45, 0xc6, 0x55, 0x01], zeros(8));
const withTable = joined([3, 0x0b, 0x6a, 5], 'abcd\0', [0xc5, 0x46], zeros(8));
const longTable = joined([1, 0x0b, 0x6a, 0x81, 0], zeros(128), [0x45]);
const indication = joined([2, 0x05, 0x6a, 0, 0x45, 0xc6, 0x0d, 0x03], zeros(8));
const loading = joined([1, 0x06, 0x6a, 0, 0x85, 0x08, 0x03], zeros(8));

const binary = (name: string, document: Uint8Array): Positive => ({
  name,
  bytes: document,
  flips: [
    { name: 'another public identifier', bytes: patched(document, 1, [0x04]) },
    { name: 'another character set', bytes: patched(document, 2, [0x03]) },
    { name: 'a version past the last', bytes: patched(document, 0, [0x04]) },
  ],
});

const written = (name: string, document: string, changed: string): Positive => ({
  name,
  bytes: utf8(document),
  flips: [
    { name: 'another document', bytes: utf8(changed) },
    { name: 'words before it', bytes: utf8(`I got this: ${document}`) },
  ],
});

const labelled = (declaredType: string): Positive => ({
  name: declaredType,
  bytes: utf8('a'),
  externals: { declared_type: declaredType },
  flips: [{ name: 'another label', bytes: utf8('a'), externals: { declared_type: 'text/plain' } }],
});

export const samples: FamilySamples = {
  SUSP_MMS_OMA_Provisioning_Or_Push: {
    positives: [
      binary('provisioning', prov),
      binary('provisioning with a string table', withTable),
      binary('provisioning with a long string table', longTable),
      binary('a service indication', indication),
      binary('a service loading', loading),
      {
        name: 'provisioning, its root flipped',
        bytes: prov,
        flips: [{ name: 'another root', bytes: patched(prov, 4, [0x46]) }],
      },
      written(
        'provisioning in letters',
        '<?xml version="1.0"?>\n<wap-provisioningdoc version="1.0"/>',
        '<?xml version="1.0"?>\n<wap-document version="1.0"/>',
      ),
      written('with a byte-order mark', '\ufeff<wap-provisioningdoc/>', '\ufeff<provisioningdoc/>'),
      ...['PROV', 'SI', 'SL'].map((kind) =>
        written(
          `the document type of ${kind}`,
          `<!DOCTYPE a PUBLIC "-//WAPFORUM//DTD ${kind} 1.0//EN">`,
          `<!DOCTYPE a PUBLIC "-//WAPFORUM//DTD WML 1.0//EN">`,
        ),
      ),
      ...[
        'application/vnd.wap.connectivity-wbxml',
        'text/vnd.wap.connectivity-xml',
        'application/vnd.wap.sic',
        'application/vnd.wap.slc',
        'application/vnd.wap.coc',
        'text/vnd.wap.si',
        'text/vnd.wap.sl',
        'text/vnd.wap.co',
        'application/vnd.syncml.dm+wbxml',
      ].map(labelled),
    ],
    lookAlikes: [
      { name: 'a page in WBXML (WML)', bytes: joined([3, 0x04, 0x6a, 0, 0x7f], zeros(8)) },
      {
        name: 'a text about provisioning',
        bytes: utf8('The element <wap-provisioningdoc> has -//WAPFORUM//DTD PROV 1.0//EN'),
      },
      { name: 'three octets by chance', bytes: joined([3, 0x0b, 0x6a, 7], zeros(40)) },
      {
        name: 'a SMIL document',
        bytes: utf8('<smil><body/></smil>'),
        externals: { declared_type: 'application/smil' },
      },
    ],
  },
};
