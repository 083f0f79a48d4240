/** Texts that are no texts, or hold more than a reader sees (media types, 5; threats, 7). */
import type { FindingTable } from './finding.ts';
import type { PartDetector } from './part-view.ts';
import { HIDDEN_IN_WORD, HIDDEN_TAG } from './text-characters.ts';

/** Findings about text parts. */
export const TEXT_FINDINGS = {
  'text-binary-magic': {
    severity: 'high',
    description: 'A part that is labelled as text begins like a program, an archive, an image or a sound',
  },
  'text-nul': {
    severity: 'medium',
    description: 'A text holds NUL characters, behind which some programs read on and others do not',
  },
  'text-control-character': {
    severity: 'low',
    description: 'A text holds control characters other than tab and line end',
  },
  'text-undecodable': {
    severity: 'low',
    description: 'A text is not in the charset that it should be in, so handsets differ in what they show',
  },
  'text-hidden-character': {
    severity: 'low',
    description: 'Invisible characters stand inside words, where they hide them from filters',
  },
  'text-hidden-tag': {
    severity: 'medium',
    description: 'A text holds invisible tag characters, which programs read and people do not',
  },
  'text-long': {
    severity: 'info',
    description: 'A text is longer than 64 KiB, which no person writes on a handset',
  },
} as const satisfies FindingTable;

type TextFindingCode = keyof typeof TEXT_FINDINGS;

/** Octets of a text (media types, 5). */
export const TEXT_OCTETS_MAX = 64 * 1024;

/** Beginnings of files. Each has an octet that no text begins with, so that a text about GIF89a is not one. */
const BINARY_MAGICS: readonly (readonly [string, string])[] = [
  ['elf', '\x7FELF'],
  ['exe', 'MZ\x90\0'],
  ['dex', 'dex\n03'],
  ['class', '\xCA\xFE\xBA\xBE'],
  ['mach-o', '\xCE\xFA\xED\xFE'],
  ['mach-o', '\xCF\xFA\xED\xFE'],
  ['zip', 'PK\x03\x04'],
  ['gzip', '\x1F\x8B\x08'],
  ['rar', 'Rar!\x1A\x07'],
  ['7z', '7z\xBC\xAF\x27\x1C'],
  ['ole', '\xD0\xCF\x11\xE0'],
  ['png', '\x89PNG'],
  ['jpeg', '\xFF\xD8\xFF'],
  ['ogg', 'OggS\0'],
  ['id3', 'ID3\x02'],
  ['id3', 'ID3\x03'],
  ['id3', 'ID3\x04'],
  ['midi', 'MThd\0'],
];

/** C0 controls and DEL, but for NUL, tab and line ends. */
const CONTROL_CHARACTERS = /[\x01-\x08\x0B\x0C\x0E-\x1F\x7F]/;

/** What decoders put in the place of octets that are no character. */
const REPLACEMENT_CHARACTER = '\uFFFD';

/**
 * Tested on the readings of a text. What makes a reading unreadable counts only when there is no better one: every second
 * character of UTF-16 is NUL to those who take it for Latin.
 */
const TEXT_SIGNALS: readonly (readonly [TextFindingCode, (texts: readonly string[]) => boolean])[] = [
  ['text-nul', (texts) => texts.every((text) => text.includes('\0'))],
  ['text-control-character', (texts) => texts.every((text) => CONTROL_CHARACTERS.test(text))],
  ['text-undecodable', ([likeliest = '']) => likeliest.includes(REPLACEMENT_CHARACTER)],
  ['text-hidden-character', (texts) => texts.some((text) => HIDDEN_IN_WORD.test(text))],
  ['text-hidden-tag', (texts) => texts.some((text) => HIDDEN_TAG.test(text))],
];

/** Reports what makes a text part no honest text. */
export const textDetector: PartDetector<TextFindingCode> = {
  name: 'text',
  findings: TEXT_FINDINGS,
  detect({ texts, octets }, report) {
    if (texts.length === 0) return;
    const format = BINARY_MAGICS.find(([, magic]) => octets.startsWith(magic))?.[0];
    if (format !== undefined) report('text-binary-magic', { offset: 0, evidence: { format } });
    for (const [code, holds] of TEXT_SIGNALS) if (holds(texts)) report(code);
    if (octets.length > TEXT_OCTETS_MAX) report('text-long', { evidence: { octets: octets.length } });
  },
};
