import { joined, zeros } from '../support/sample-octets.ts';
import { utf8 } from './bytes.ts';
import type { FamilySamples } from './sample.ts';

/** The test file, whose halves stand apart here so that no scanner takes this file for it. */
const HALVES = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'] as const;
const eicar = joined(...HALVES);

export const samples: FamilySamples = {
  TEST_MMS_EICAR: {
    positives: [
      {
        name: 'the test file',
        bytes: eicar,
        flips: [
          { name: 'the first half', bytes: joined(HALVES[0]) },
          { name: 'the halves apart', bytes: joined(HALVES[0], ' ', HALVES[1]) },
          { name: 'not at the start', bytes: joined(' ', eicar) },
        ],
      },
      {
        name: 'with white space up to 128 octets',
        bytes: joined(eicar, zeros(60).fill(0x20)),
        flips: [{ name: 'one more', bytes: joined(eicar, zeros(61).fill(0x20)) }],
      },
    ],
    lookAlikes: [
      { name: 'a text that quotes it', bytes: joined('Save this as eicar.com: ', eicar) },
      { name: 'a text about it', bytes: utf8('EICAR-STANDARD-ANTIVIRUS-TEST-FILE is how it reads') },
    ],
  },
};
