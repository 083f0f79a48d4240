/** File names that deceive: about the kind of the file, or about where it is written. */
import { extensionsOf } from './file-name-extension.ts';
import type { FindingTable, Report } from './finding.ts';
import {
  familyOfExtension,
  isFamilyName,
  MEDIA_FAMILIES,
  type FamilyName,
  type MediaFamily,
} from './media-families.ts';
import type { PartDetector, PartView } from './part-view.ts';

/** Findings about the name of a part. */
export const FILE_NAME_FINDINGS = {
  'file-name-program': {
    severity: 'high',
    description: 'The name of a part ends in the extension of a program or an installer',
  },
  'file-name-double-extension': {
    severity: 'high',
    description: 'The name of a part shows the extension of a picture or document before that of a program',
  },
  'file-name-disguise': {
    severity: 'high',
    description: 'A part with the name of a picture, sound or video holds something of another sort',
  },
  'file-name-other-kind': {
    severity: 'low',
    description: 'The extension of the name and the content of a part are of different kinds',
  },
  'file-name-override': {
    severity: 'high',
    description:
      'The name of a part has a character that turns the direction of writing, which hides its extension',
  },
  'file-name-bidi': {
    severity: 'medium',
    description:
      'The name of a part has control characters for the direction of writing, which no name needs',
  },
  'file-name-path': {
    severity: 'medium',
    description: 'The name of a part climbs out of the folder that it is written to, or names a drive',
  },
  'file-name-long': {
    severity: 'low',
    description: 'The name of a part is longer than file systems allow',
  },
} as const satisfies FindingTable;

type FileNameFindingCode = keyof typeof FILE_NAME_FINDINGS;

/** Characters of a name; file systems take 255 octets. */
export const FILE_NAME_LENGTH_MAX = 255;

/** LEFT-TO-RIGHT and RIGHT-TO-LEFT OVERRIDE. */
const OVERRIDE = /[\u202d\u202e]/;

/** Embeddings and isolates. The marks U+200E and U+200F are in ordinary Arabic and Hebrew names. */
const BIDI = /[\u202a-\u202c\u2066-\u2069]/;

/** A step up in a path, or a drive. */
const PATH = /(?:^|[\\/])\.\.(?:[\\/]|$)|^[a-z]:[\\/]/i;

/** Looks at the name that a handset would show and store a part by. */
export const fileNameDetector: PartDetector<FileNameFindingCode> = {
  name: 'file-name',
  findings: FILE_NAME_FINDINGS,
  detect(part, report) {
    const { fileName } = part;
    if (fileName === '') return;
    if (OVERRIDE.test(fileName)) report('file-name-override');
    else if (BIDI.test(fileName)) report('file-name-bidi');
    if (PATH.test(fileName)) report('file-name-path');
    if (fileName.length > FILE_NAME_LENGTH_MAX) {
      report('file-name-long', { evidence: { length: fileName.length, max: FILE_NAME_LENGTH_MAX } });
    }
    reportExtension(part, report);
  },
};

function reportExtension({ fileName, family }: PartView, report: Report<FileNameFindingCode>): void {
  const { last, inner } = extensionsOf(fileName);
  const named = familyOfExtension(last);
  if (named === undefined) return;
  if (named === 'program') {
    const isDouble = familyOfExtension(inner) !== undefined;
    report(isDouble ? 'file-name-double-extension' : 'file-name-program', { evidence: { extension: last } });
    return;
  }
  if (!isFamilyName(family) || WRAPPERS.has(family)) return;
  const content = MEDIA_FAMILIES[family];
  if (sharesKind(MEDIA_FAMILIES[named], content)) return;
  const isDisguise = content.kind === 'application' && isMedia(MEDIA_FAMILIES[named]);
  report(isDisguise ? 'file-name-disguise' : 'file-name-other-kind', {
    evidence: { extension: last, content: family },
  });
}

/** What ordinarily has the name of the picture or sound that it protects or goes with. */
const WRAPPERS: ReadonlySet<FamilyName> = new Set(['drm', 'litter']);

function sharesKind(one: MediaFamily, other: MediaFamily): boolean {
  const kinds = kindsOf(other);
  return kindsOf(one).some((kind) => kinds.includes(kind)) || (one.isText === true && other.isText === true);
}

function kindsOf({ kind, alsoHolds }: MediaFamily): readonly string[] {
  return alsoHolds === undefined ? [kind] : [kind, alsoHolds];
}

function isMedia({ kind }: MediaFamily): boolean {
  return kind === 'image' || kind === 'audio' || kind === 'video';
}
