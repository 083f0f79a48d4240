import { joined, patched, zeros } from '../support/sample-octets.ts';
import { respelled, utf8 } from './bytes.ts';
import type { FamilySamples } from './sample.ts';
import { zipNamed, zipStoring } from './zip-bytes.ts';

const plist = (body: string): Uint8Array =>
  utf8(`<?xml version="1.0"?><plist version="1.0"><dict>\n${body}\n</dict></plist>`);

const profile = plist(
  '<key>PayloadIdentifier</key>\n\t<string>org.example.net</string>\n<key>PayloadType</key>\n\t<string>Configuration</string>',
);
const signed = joined(
  '\x30\x82\x0f\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02',
  zeros(30),
  profile,
  zeros(200),
);

const application = zipNamed('Payload/Game.app/Info.plist', 'Payload/Game.app/Game');
const pass = zipNamed('pass.json', 'manifest.json', 'signature');

export const samples: FamilySamples = {
  SUSP_MMS_Apple_ConfigProfile: {
    positives: [
      {
        name: 'a profile',
        bytes: profile,
        flips: [
          { name: 'another type', bytes: respelled(profile, 'Configuration', 'configuration') },
          { name: 'no identifier', bytes: respelled(profile, 'PayloadIdentifier', 'PayloadIdentified') },
        ],
      },
      {
        name: 'a signed profile',
        bytes: signed,
        flips: [{ name: 'another type', bytes: respelled(signed, 'PayloadType', 'PayloadKind') }],
      },
    ],
    lookAlikes: [
      {
        name: "an application's properties",
        bytes: plist('<key>CFBundleIdentifier</key><string>Configuration</string>'),
      },
      {
        name: 'a text about profiles',
        bytes: utf8('A profile has PayloadType Configuration and a PayloadIdentifier'),
      },
      {
        name: 'a payload that is no profile',
        bytes: plist(
          '<key>PayloadType</key><string>com.apple.wifi.managed</string><key>PayloadIdentifier</key><string>a</string>',
        ),
      },
    ],
  },
  SUSP_MMS_iOS_IPA: {
    positives: [
      {
        name: 'an application',
        bytes: application,
        flips: [
          { name: 'another folder', bytes: respelled(application, 'Payload/', 'payload/') },
          { name: 'no archive', bytes: patched(application, 0, 'QK') },
        ],
      },
    ],
    lookAlikes: [
      { name: 'an archived text about it', bytes: zipStoring('a.txt', 'See Payload/Game.app/Info.plist') },
      { name: 'a program of a desktop', bytes: zipNamed('Game.app/Contents/Info.plist') },
      { name: 'the path inside a folder', bytes: zipNamed('old/Payload/Game.app/Info.plist') },
    ],
  },
  INFO_MMS_Apple_Pass: {
    positives: [
      {
        name: 'a pass',
        bytes: pass,
        flips: [
          { name: 'no pass', bytes: respelled(pass, 'pass.json', 'past.json') },
          { name: 'no manifest', bytes: respelled(pass, 'manifest.json', 'manifesto.txt') },
          { name: 'no signature', bytes: respelled(pass, 'signature', 'signatory') },
        ],
      },
    ],
    lookAlikes: [
      { name: 'a web extension', bytes: zipNamed('manifest.json', 'background.js') },
      {
        name: 'an archived text about passes',
        bytes: zipStoring('a.txt', 'pass.json manifest.json signature'),
      },
    ],
  },
};
