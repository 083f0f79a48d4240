/** A packet capture in the format of libpcap, with just enough of Ethernet, IPv4, TCP and UDP for a dissector. */

const PCAP_MAGIC = 0xa1b2c3d4;
const ETHERNET = 1;
const SNAPLEN = 0x4_0000;
const ETHERNET_HEADER = Buffer.from('020000000002020000000001' + '0800', 'hex');
const TCP = 6;
const UDP = 17;
/** Octets of payload in one TCP segment; the whole packet must stay under 64 KiB. */
const SEGMENT_OCTETS = 60_000;
const SYN = 0x02;
const ACK = 0x10;
const PUSH_ACK = 0x18;
const FIN_ACK = 0x11;

const CLIENT = [10, 0, 0, 1];
const SERVER = [10, 0, 0, 2];

/** What one side sent, and the ports that tell its conversation from the others. */
interface Segment {
  readonly ports: readonly [source: number, destination: number];
  readonly sequence: number;
  readonly flags: number;
  readonly payload: Buffer;
}

function ipv4(protocol: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(20);
  header.set([0x45, 0]);
  header.writeUInt16BE(20 + payload.length, 2);
  header.set([64, protocol], 8);
  header.set([...CLIENT, ...SERVER], 12);
  return Buffer.concat([ETHERNET_HEADER, header, payload]);
}

function tcp({ ports, sequence, flags, payload }: Segment): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(ports[0], 0);
  header.writeUInt16BE(ports[1], 2);
  header.writeUInt32BE(sequence, 4);
  header.set([0x50, flags, 0xff, 0xff], 12);
  return ipv4(TCP, Buffer.concat([header, payload]));
}

/** The packets of one TCP stream from a client port to port 80, one direction only. */
export function tcpStream(port: number, data: Buffer): Buffer[] {
  const ports = [port, 80] as const;
  const packets = [tcp({ ports, sequence: 0, flags: SYN, payload: Buffer.alloc(0) })];
  packets.push(tcp({ ports, sequence: 1, flags: ACK, payload: Buffer.alloc(0) }));
  for (let at = 0; at < data.length; at += SEGMENT_OCTETS) {
    const payload = data.subarray(at, at + SEGMENT_OCTETS);
    packets.push(tcp({ ports, sequence: 1 + at, flags: PUSH_ACK, payload }));
  }
  packets.push(tcp({ ports, sequence: 1 + data.length, flags: FIN_ACK, payload: Buffer.alloc(0) }));
  return packets;
}

/** A UDP packet between two ports. */
export function udpPacket(ports: readonly [source: number, destination: number], data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(ports[0], 0);
  header.writeUInt16BE(ports[1], 2);
  header.writeUInt16BE(8 + data.length, 4);
  return ipv4(UDP, Buffer.concat([header, data]));
}

/** A capture file of these packets, in this order. */
export function pcap(packets: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(PCAP_MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(SNAPLEN, 16);
  header.writeUInt32LE(ETHERNET, 20);
  const records = packets.flatMap((packet, index) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + index, 0);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    return [record, packet];
  });
  return Buffer.concat([header, ...records]);
}
