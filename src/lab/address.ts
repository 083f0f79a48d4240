/** Addresses of MMS headers (OMA-TS-MMS_ENC-V1_3 section 8): `+12025550111/TYPE=PLMN`, `10.0.0.1/TYPE=IPv4`, or e-mail. */
import { isIP } from 'node:net';

const ADDRESS_TYPE = /\/TYPE=[^/]*$/i;

/**
 * An address as PDUs carry it. A plain phone number or IP address gets its type; e-mail and typed ones stay. What no
 * PDU can carry, such as a NUL out of a hostile From, is dropped.
 */
export function pduAddress(text: string): string {
  const address = text.toWellFormed().replace(/\p{Cc}/gu, '');
  if (ADDRESS_TYPE.test(address) || address.includes('@')) return address;
  const family = isIP(address);
  return `${address}/TYPE=${family === 0 ? 'PLMN' : `IPv${family}`}`;
}

/** What tells one subscriber from another: the address without its type. */
export function subscriberOf(address: string): string {
  return address.replace(ADDRESS_TYPE, '');
}

/** The number in a gateway's identity header. Gateways give international numbers with and without their plus. */
export function numberOfIdentity(value: string): string {
  return /^\d+$/.test(value) ? `+${value}` : value;
}
