import { BlockList, isIP } from 'node:net';

/** What is known of the peer of a handset connection. */
export interface Peer {
  /** The address as the socket gives it; undefined once the socket is gone. */
  readonly address: string | undefined;
  /** True when the peer showed a certificate that the listener's `ca` signed. */
  readonly hasTrustedCertificate: boolean;
}

/**
 * Makes the test that says whose identity headers are believed: a peer in one of the CIDR blocks, or one that came with
 * a trusted certificate (handsets have none, gateways do). An IPv4 peer of a dual-stack listener (`::ffff:10.0.0.1`) is
 * matched as IPv4. Throws RangeError for a block that is none.
 */
export function trustedGateways(cidrBlocks: readonly string[]): (peer: Peer) => boolean {
  const trusted = new BlockList();
  for (const block of cidrBlocks) addBlock(trusted, block);
  return ({ address, hasTrustedCertificate }) =>
    hasTrustedCertificate || (address !== undefined && isListed(trusted, address));
}

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

function isListed(list: BlockList, address: string): boolean {
  const plain = MAPPED_IPV4.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

function addBlock(list: BlockList, block: string): void {
  const [, network = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(block) ?? [];
  const family = isIP(network);
  const bits = family === 4 ? 32 : 128;
  if (family === 0 || Number(prefix ?? bits) > bits) throw new RangeError(`not a CIDR block: ${block}`);
  list.addSubnet(network, Number(prefix ?? bits), family === 4 ? 'ipv4' : 'ipv6');
}
