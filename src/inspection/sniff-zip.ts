/** ZIP files, and what is one by the names inside. */
import type { Octets } from './octets.ts';
import type { Sniffed } from './sniff-format.ts';
import { readZip } from './zip-archive.ts';

const ZIP: Sniffed = { mediaType: 'application/zip', family: 'zip', format: 'zip' };

/** What an archive is when it has a name for each of the patterns. The first row that fits counts, so the worst are first. */
interface ZipKind {
  readonly sniffed: Sniffed;
  readonly names: readonly RegExp[];
}

const kind = (sniffed: Sniffed, ...names: readonly RegExp[]): ZipKind => ({ sniffed, names });
const program = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'program', format });
const office = (format: string, mediaType: string): Sniffed => ({ mediaType, family: 'office', format });

const CONTENT_TYPES = /^\[Content_Types\]\.xml$/;
const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

const KINDS: readonly ZipKind[] = [
  kind(
    program('apk', 'application/vnd.android.package-archive'),
    /^(AndroidManifest\.xml|classes\d*\.dex|BundleConfig\.pb)$|\.apk$/i,
  ),
  kind(program('ipa', 'application/x-ios-app'), /^Payload\/[^/]+\.app\//i),
  kind(program('appx', 'application/appx'), /^AppxManifest\.xml$/i),
  kind(program('xpi', 'application/x-xpinstall'), /^META-INF\/mozilla\.rsa$/i),
  kind(program('jar', 'application/java-archive'), /^META-INF\/MANIFEST\.MF$|\.class$/i),
  kind(
    { mediaType: 'application/vnd.apple.pkpass', family: 'pkpass', format: 'pkpass' },
    /^pass\.json$/,
    /^manifest\.json$/,
  ),
  kind(office('docx', `${OPEN_XML}.wordprocessingml.document`), CONTENT_TYPES, /^word\//),
  kind(office('xlsx', `${OPEN_XML}.spreadsheetml.sheet`), CONTENT_TYPES, /^xl\//),
  kind(office('pptx', `${OPEN_XML}.presentationml.presentation`), CONTENT_TYPES, /^ppt\//),
  kind(office('open-xml', OPEN_XML), CONTENT_TYPES),
  kind(office('epub', 'application/epub+zip'), /^mimetype$/, /^META-INF\/container\.xml$/),
  kind(office('open-document', 'application/vnd.oasis.opendocument'), /^mimetype$/),
];

/** Local header, end of an archive without members, and the mark of a split archive before a local header. */
const MAGICS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08PK\x03\x04'];

/** A ZIP, by the names of its members: those that its directory lists, and those that only local headers tell of. */
export function sniffZip(octets: Octets): Sniffed | undefined {
  if (!MAGICS.some((characters) => octets.startsWith(characters))) return undefined;
  const names = (readZip(octets)?.members ?? []).map(({ name }) => name);
  return (
    KINDS.find((row) => row.names.every((pattern) => names.some((name) => pattern.test(name))))?.sniffed ??
    ZIP
  );
}
