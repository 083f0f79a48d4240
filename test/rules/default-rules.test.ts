import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleSeverity } from '../../src/scanning/rule-severity.ts';
import { readTargets } from '../../src/scanning/rule-targets.ts';
import { DEFAULT_RULE_SET, DEFAULT_SOURCES, matchingRules } from './default-rules.ts';
import { samples as apple } from './apple.samples.ts';
import { samples as audio } from './audio.samples.ts';
import { samples as eicar } from './eicar.samples.ts';
import { samples as fileName } from './file-name.samples.ts';
import { samples as id3 } from './id3.samples.ts';
import { samples as imageLabels } from './image-labels.samples.ts';
import { samples as isobmff } from './isobmff.samples.ts';
import { samples as java } from './java.samples.ts';
import { samples as pdf } from './pdf.samples.ts';
import { samples as pixelFlood } from './pixel-flood.samples.ts';
import { samples as polyglot } from './polyglot.samples.ts';
import { samples as programs } from './programs.samples.ts';
import { samples as provisioning } from './provisioning.samples.ts';
import type { Sample } from './sample.ts';
import { samples as smil } from './smil.samples.ts';
import { samples as svgHtml } from './svg-html.samples.ts';
import { samples as symbian } from './symbian.samples.ts';
import { samples as textUrl } from './text-url.samples.ts';
import { samples as tiffDng } from './tiff-dng.samples.ts';
import { samples as vcard } from './vcard.samples.ts';

/** Samples by the name of the file of rules. */
const SAMPLES = {
  apple,
  audio,
  eicar,
  'file-name': fileName,
  id3,
  'image-labels': imageLabels,
  isobmff,
  java,
  pdf,
  'pixel-flood': pixelFlood,
  polyglot,
  programs,
  provisioning,
  smil,
  'svg-html': svgHtml,
  symbian,
  'text-url': textUrl,
  'tiff-dng': tiffDng,
  vcard,
};

/** The name of a file of rules, without its folder and `.yar`. */
const familyOf = (file: string): string => basename(file, '.yar');

const { rules: RULES } = DEFAULT_RULE_SET;
const TARGETS = new Map(RULES.map(({ rule, targets }) => [rule, targets]));

const matching = ({ bytes, externals }: Sample): string[] => matchingRules(bytes, externals);

const CASES = Object.values(SAMPLES)
  .flatMap((family) => Object.entries(family))
  .map(([rule, { positives, lookAlikes }]) => ({ rule, positives, lookAlikes }));

describe.each(CASES)('$rule', ({ rule, positives, lookAlikes }) => {
  it.each(positives)('matches $name, in every target that it is for', (positive) => {
    expect(matching(positive)).toEqual([rule, ...(positive.also ?? [])].sort());
    for (const target of TARGETS.get(rule) ?? []) {
      expect(matchingRules(positive.bytes, positive.externals, [target])).toContain(rule);
    }
  });

  it.each(positives.flatMap(({ name, flips }) => flips.map((flip) => ({ ...flip, of: name }))))(
    'does not match $of once it has: $name',
    (flip) => {
      expect(matching(flip)).not.toContain(rule);
    },
  );

  it.each(lookAlikes)('is not taken in by $name, and no other rule is', (lookAlike) => {
    expect(matching(lookAlike)).toEqual([...(lookAlike.also ?? [])].sort());
  });
});

describe('the samples', () => {
  it('are there for every rule, in the file of its family', () => {
    const sampled = Object.entries(SAMPLES).flatMap(([family, of]) =>
      Object.keys(of).map((rule) => `${family}: ${rule}`),
    );
    expect(sampled.sort()).toEqual(RULES.map(({ file, rule }) => `${familyOf(file)}: ${rule}`).sort());
  });

  it.each(CASES)(
    'of $rule are at least one positive with a flip each, and two look-alikes',
    ({ positives, lookAlikes }) => {
      expect(positives.length).toBeGreaterThanOrEqual(1);
      expect(positives.filter(({ flips }) => flips.length === 0)).toEqual([]);
      expect(lookAlikes.length).toBeGreaterThanOrEqual(2);
    },
  );
});

/** Words that select rules. */
const TAGS = new Set(
  (
    'android apple audio dng dolby filename flood font html id3 image informational isobmff java ' +
    'linux markup pdf pixel_flood polyglot program provisioning qmage smil spoofing stagefright ' +
    'strict svg symbian test tiff url vcard windows zip'
  ).split(' '),
);

const TEXT_FORMS = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  description: /^Detects (?!.*https?:).{52,391}$/,
  author: /^mmsguard$/,
  date: /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  license: /^Apache-2\.0$/,
  confidence: /^(low|medium|high)$/,
  reference: /\S/,
  fp_notes: /\S/,
  default_action: /^(log|tag|strip|quarantine|block)$/,
} as const;

/** From which score a rule's action may be proposed. */
const SCORES = {
  tag: [0, 39],
  log: [0, 59],
  strip: [40, 79],
  quarantine: [60, 79],
  block: [80, 100],
} as const;

describe('the metadata', () => {
  it.each(RULES)('of $rule have every key in its form', ({ rule, metadata, tags }) => {
    expect(rule).toMatch(/^(MAL|EXPL|SUSP|PUA|INFO|TEST)_MMS_[A-Za-z0-9]+(_[A-Za-z0-9]+)*$/);
    for (const [key, form] of Object.entries(TEXT_FORMS)) expect(metadata[key], key).toMatch(form);
    expect(metadata['version']).toBeGreaterThanOrEqual(1);
    expect(tags.length).toBeGreaterThanOrEqual(1);
    expect(tags.filter((tag) => !TAGS.has(tag))).toEqual([]);
    expect(readTargets(metadata).unknown).toEqual([]);
  });

  it.each(RULES)('of $rule agree on how bad it is', ({ metadata }) => {
    const [least, most] = SCORES[metadata['default_action'] as keyof typeof SCORES];
    expect(metadata['severity']).toBe(ruleSeverity(metadata));
    expect(metadata['score']).toBeGreaterThanOrEqual(least);
    expect(metadata['score']).toBeLessThanOrEqual(most);
  });

  it.each(['id', 'description'])('have no %s twice', (key) => {
    const values = RULES.map(({ metadata }) => metadata[key]);
    expect(new Set(values).size).toBe(values.length);
  });

  it('have no name twice', () => {
    expect(TARGETS.size).toBe(RULES.length);
  });

  it('of one file name one and the same target', () => {
    const targets = new Map(RULES.map(({ file, metadata }) => [file, metadata['target']]));
    expect(RULES.filter(({ file, metadata }) => metadata['target'] !== targets.get(file))).toEqual([]);
  });
});

describe('the sources', () => {
  it('compile without a warning', () => {
    expect(DEFAULT_RULE_SET.warnings).toEqual([]);
  });

  it.each(DEFAULT_SOURCES)('of $file suppress no warning but one, and import no module', ({ text }) => {
    expect(text.replaceAll('// suppress: potentially_slow_loop', '')).not.toContain('suppress:');
    expect(text).not.toMatch(/^\s*(import|include)\b/m);
  });
});
