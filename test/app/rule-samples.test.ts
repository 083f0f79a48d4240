import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleSamples, SAMPLE_BYTES_MAX } from '../../src/app/rule-samples.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'below'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const read = (yaml: string, files: Readonly<Record<string, string | Uint8Array>> = {}) =>
  readRuleSamples(folderWith({ 'a.samples.yaml': yaml, ...files }));

describe('readRuleSamples', () => {
  it.each([
    ['hex: "4d 5a 90"', 'MZ\x90'],
    ['base64: TVqQ', 'MZ\x90'],
    ['text: "MZ"', 'MZ'],
    ['file: a.bin', 'MZ\x90'],
    ['hex: ""', ''],
  ])('reads %s', async (form, octets) => {
    const reading = await read(`samples: [{ name: one, ${form}, match: [R] }]`, {
      'a.bin': Buffer.from('MZ\x90', 'latin1'),
    });
    expect(reading.problems).toEqual([]);
    expect(Buffer.from(reading.samples[0]?.bytes ?? []).toString('latin1')).toBe(octets);
  });

  it('reads what is expected, and how the octets come', async () => {
    const { samples } = await read(`
samples:
  - name: a picture that is a program
    hex: 4d5a
    target: archive-member
    externals: { declared_type: image/jpeg, part_index: 2 }
    match: [R]
    noMatch: all
`);
    expect(samples).toMatchObject([
      {
        name: 'a picture that is a program',
        target: 'archive-member',
        externals: { declared_type: 'image/jpeg', part_index: 2 },
        match: ['R'],
        noMatch: 'all',
      },
    ]);
  });

  it('looks below, in the order of names, and at nothing else', async () => {
    const one = (name: string): string => `samples: [{ name: ${name}, hex: "00", match: [R] }]`;
    const folder = folderWith({
      'b.samples.yaml': one('b'),
      'below/a.samples.yaml': one('below'),
      'a.samples.yaml': one('a'),
      'other.yaml': one('no'),
    });
    const { samples } = await readRuleSamples(folder);
    expect(samples.map(({ name }) => name)).toEqual(['a', 'b', 'below']);
  });

  it.each([
    ['no YAML', 'samples: [', /a\.samples\.yaml: /],
    ['nothing', '', /expected object/i],
    ['no sample', 'samples: []', /samples/],
    ['no name', 'samples: [{ hex: "00", match: [R] }]', /samples\.0\.name/],
    ['no octets', 'samples: [{ name: a, match: [R] }]', /exactly one of/],
    ['octets twice', 'samples: [{ name: a, hex: "00", text: a, match: [R] }]', /exactly one of/],
    ['half an octet', 'samples: [{ name: a, hex: "0", match: [R] }]', /hexadecimal/],
    ['no expectation', 'samples: [{ name: a, hex: "00" }]', /what is expected/],
    ['an unknown external', 'samples: [{ name: a, hex: "00", match: [R], externals: { size: 1 } }]', /size/],
    ['an unknown key', 'samples: [{ name: a, hex: "00", matches: [R] }]', /matches/],
    [
      'a file that is not there',
      'samples: [{ name: a, file: no.bin, match: [R] }]',
      /no\.bin: there is no such file/,
    ],
  ])('says where and what is wrong: %s', async (_, yaml, problem) => {
    const { samples, problems } = await read(yaml);
    expect(samples).toEqual([]);
    expect(problems[0]).toMatch(problem);
  });

  it('reads a file of the largest size, and none larger', async () => {
    const yaml = 'samples: [{ name: a, file: a.bin, match: [R] }]';
    const largest = await read(yaml, { 'a.bin': new Uint8Array(SAMPLE_BYTES_MAX) });
    expect([largest.samples.length, largest.problems]).toEqual([1, []]);
    const larger = await read(yaml, { 'a.bin': new Uint8Array(SAMPLE_BYTES_MAX + 1) });
    expect(larger.problems[0]).toMatch(/larger than/);
  });
});
