/** Compares what a part is with what it is labelled as, and with what messages may carry. */
import type { FindingTable } from './finding.ts';
import { DEFAULT_ALLOWED_MEDIA, type AllowedMedia } from './media-allow-list.ts';
import {
  familyOfType,
  isFamilyName,
  isLabelOf,
  kindOfType,
  MEDIA_FAMILIES,
  mediaTypeKey,
  type FamilyName,
  type MediaKind,
} from './media-families.ts';
import type { PartDetector, PartView } from './part-view.ts';

/** Findings about the media type of a part: one a part at most, the worst that fits. */
export const MEDIA_TYPE_FINDINGS = {
  'media-type-program': {
    severity: 'critical',
    description: 'A part is a program, an installer or a device profile, whatever its label says',
  },
  'media-type-never-allowed': {
    severity: 'high',
    description:
      'A part is of a kind that has no place in a message: a font, a certificate, a provisioning document',
  },
  'media-type-label-never-allowed': {
    severity: 'high',
    description: 'A part is labelled as a program or another kind that has no place in a message',
  },
  'media-type-brand-kind': {
    severity: 'high',
    description:
      'A box file labelled as a picture has the brand of a video, or one labelled as a video that of a picture',
  },
  'media-type-crossing': {
    severity: 'high',
    description: 'A part labelled as a picture, sound, video or text holds something of another kind',
  },
  'media-type-unidentified': {
    severity: 'high',
    description:
      'A part labelled as a picture, sound or video is nothing that we recognise, but a decoder may',
  },
  'media-type-decoder-not-allowed': {
    severity: 'high',
    description:
      'A picture, sound or video is of a format that messages do not carry unless the operator allows it: decoders are picked by content',
  },
  'media-type-not-allowed': {
    severity: 'medium',
    description: 'A part is of a media type that messages do not carry unless the operator allows it',
  },
  'media-type-not-text': {
    severity: 'low',
    description: 'A part labelled as text does not read as text in any charset',
  },
  'media-type-label-wrong': {
    severity: 'low',
    description:
      'A part has a label that we do not know or that is of another kind, and content that is allowed',
  },
  'media-type-litter': {
    severity: 'low',
    description: 'A part is what a file system keeps beside a file, sent by mistake; no handset opens it',
  },
  'media-type-other-image': {
    severity: 'info',
    description: 'A picture is labelled as another format of picture, as happens when pictures are passed on',
  },
  'media-type-other-sound-or-video': {
    severity: 'info',
    description: 'A sound or video is labelled as another format of sound or video',
  },
  'media-type-other-text': {
    severity: 'info',
    description: 'A text is labelled as another kind of text',
  },
  'media-type-empty': {
    severity: 'info',
    description: 'A part labelled as a picture, sound or video is empty',
  },
} as const satisfies FindingTable;

type MediaTypeFindingCode = keyof typeof MEDIA_TYPE_FINDINGS;

/** Labels that say nothing, so that handsets go by content or name. */
const UNLABELLED: ReadonlySet<string> = new Set([
  ...['', '*/*', 'application/*', 'application/octet-stream', 'binary/octet-stream', 'application/unknown'],
]);

/**
 * Judges each part by its content first: Android and iOS choose decoders by content. The library's opinion of what our
 * own table does not recognise (`sniffedType` without a `family`) only names it: it never allows and never refuses.
 */
export const mediaTypeDetector: PartDetector<MediaTypeFindingCode> = {
  name: 'media-type',
  findings: MEDIA_TYPE_FINDINGS,
  detect(part, report, { allowedMedia = DEFAULT_ALLOWED_MEDIA }) {
    const code = judge(part, allowedMedia);
    if (code === undefined) return;
    const label = familyOfType(part.declaredType) ?? kindOfType(part.declaredType);
    report(code, { evidence: { label, content: part.sniffedType } });
  },
};

function judge(part: PartView, allowed: AllowedMedia): MediaTypeFindingCode | undefined {
  const { family, declaredType, octets } = part;
  if (octets.length === 0) return isMedia(kindOfType(declaredType)) ? 'media-type-empty' : undefined;
  if (family === 'program') return 'media-type-program';
  if (isFamilyName(family) && MEDIA_FAMILIES[family].default === 'never') return 'media-type-never-allowed';
  const labelFamily = familyOfType(declaredType);
  if (labelFamily !== undefined && MEDIA_FAMILIES[labelFamily].default === 'never') {
    return 'media-type-label-never-allowed';
  }
  return isFamilyName(family) ? judgeRecognised(part, family, allowed) : judgeUnrecognised(part, allowed);
}

/** The operator may have allowed, by its media type, what only the library knows, or nobody. */
function judgeUnrecognised(part: PartView, allowed: AllowedMedia): MediaTypeFindingCode | undefined {
  const { declaredType, sniffedType } = part;
  const type = UNLABELLED.has(mediaTypeKey(declaredType)) ? sniffedType : declaredType;
  if (allowed.mediaTypes.has(mediaTypeKey(type))) return undefined;
  const kind = kindOfType(declaredType);
  if (isMedia(kind)) return 'media-type-unidentified';
  return kind === 'text' ? 'media-type-not-text' : 'media-type-not-allowed';
}

function judgeRecognised(
  part: PartView,
  family: FamilyName,
  allowed: AllowedMedia,
): MediaTypeFindingCode | undefined {
  const { declaredType, sniffedType } = part;
  const kind = kindOfType(declaredType);
  if (family === 'litter' && kind !== 'audio' && kind !== 'video') return 'media-type-litter';
  const isLabelRight = UNLABELLED.has(mediaTypeKey(declaredType)) || isLabelOf(family, declaredType);
  const crossing = isLabelRight ? undefined : crossingOf(declaredType, family);
  if (crossing !== undefined) return crossing;
  if (!isAllowed(allowed, family, sniffedType)) return notAllowed(family);
  return isLabelRight ? undefined : mislabelling(declaredType, allowed);
}

/** Phones decode media unasked; documents and drawings (which are text) they open when told to. */
function notAllowed(family: FamilyName): MediaTypeFindingCode {
  const { kind, isText } = MEDIA_FAMILIES[family];
  return isMedia(kind) && isText !== true ? 'media-type-decoder-not-allowed' : 'media-type-not-allowed';
}

function isAllowed(allowed: AllowedMedia, family: FamilyName, mediaType: string): boolean {
  return allowed.families.has(family) || allowed.mediaTypes.has(mediaTypeKey(mediaType));
}

/** Families of box files (ISO/IEC 14496-12), which only their brands tell apart. */
const BOX_FAMILIES: readonly (string | undefined)[] = ['isomedia', 'heif', 'avif'];

/** What it means that content is of another kind than its label; undefined where the kinds agree. */
function crossingOf(label: string, family: FamilyName): MediaTypeFindingCode | undefined {
  const kind = kindOfType(label);
  const content = MEDIA_FAMILIES[family];
  if (kind === 'text') return content.isText === true ? undefined : 'media-type-crossing';
  if (!isMedia(kind) || content.kind === kind || content.alsoHolds === kind) return undefined;
  // Text has no magic: whatever a decoder looks for may still be in it.
  if (family === 'text') return 'media-type-unidentified';
  const areBoxes = [family, familyOfType(label)].every((name) => BOX_FAMILIES.includes(name));
  return areBoxes ? 'media-type-brand-kind' : 'media-type-crossing';
}

/** Content is allowed and of the kind of its label, which is another's. Text and documents are opened by their label. */
function mislabelling(label: string, allowed: AllowedMedia): MediaTypeFindingCode {
  const kind = kindOfType(label);
  if (kind === 'image') return 'media-type-other-image';
  if (kind === 'audio' || kind === 'video') return 'media-type-other-sound-or-video';
  const labelFamily = familyOfType(label);
  const isLabelAllowed = labelFamily === undefined || isAllowed(allowed, labelFamily, label);
  if (!isLabelAllowed) return 'media-type-not-allowed';
  return kind === 'text' ? 'media-type-other-text' : 'media-type-label-wrong';
}

function isMedia(kind: MediaKind): boolean {
  return kind === 'image' || kind === 'audio' || kind === 'video';
}
