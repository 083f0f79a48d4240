/**
 * Client provisioning, service indications and device management: they configure a handset or make it fetch something,
 * travel by WAP push, and have no business inside an MMS (threats, 6.5).
 */
import type { FindingTable } from './finding.ts';
import { familyOfType } from './media-families.ts';
import type { Octets } from './octets.ts';
import type { PartDetector } from './part-view.ts';

/** Findings about provisioning and push documents. */
export const PROVISIONING_FINDINGS = {
  'provisioning-document': {
    severity: 'high',
    description:
      'A part is a document that configures a handset or makes it fetch something, as WBXML or as XML',
  },
  'provisioning-type': {
    severity: 'high',
    description: 'A part is labelled as a document that configures a handset or makes it fetch something',
  },
} as const satisfies FindingTable;

type ProvisioningFindingCode = keyof typeof PROVISIONING_FINDINGS;

/** Looks at every part: provisioning may be labelled as anything. */
export const provisioningDetector: PartDetector<ProvisioningFindingCode> = {
  name: 'provisioning',
  findings: PROVISIONING_FINDINGS,
  detect({ octets, family, declaredType }, report) {
    if (family === 'provisioning' || hasPublicIdAsText(octets))
      report('provisioning-document', { offset: 0 });
    if (familyOfType(declaredType) === 'provisioning') report('provisioning-type');
  },
};

/** Octets in which a WBXML document names its type by text: the string table begins behind some five of them. */
export const PUBLIC_ID_OCTETS_MAX = 256;

const WBXML_VERSIONS: readonly (number | undefined)[] = [0x01, 0x02, 0x03];
const PUBLIC_IDS: readonly string[] = ['PROV', 'SI', 'SL', 'CO', 'EMN', 'SyncML'].map(
  (name) => `//DTD ${name} `,
);

/** WBXML may number its public identifier, or write 0 and point into its string table (WAP-192-WBXML 5.4). */
function hasPublicIdAsText(octets: Octets): boolean {
  if (!WBXML_VERSIONS.includes(octets.octet(0)) || octets.octet(1) !== 0) return false;
  return PUBLIC_IDS.some((id) => octets.indexOf(id, 0, PUBLIC_ID_OCTETS_MAX) >= 0);
}
