/** Wireshark's dissector of MMS as an independent decoder: many PDUs in one run, each with the fields that it saw. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { looksLikePush } from '../../src/codec/wap-push.ts';
import { pcap, tcpStream, udpPacket } from './pcap.ts';

/** One node of a dissection: a protocol or a field, and what is inside it. */
export interface Dissected {
  readonly name: string;
  /** The value as tshark shows it. */
  readonly show: string;
  readonly showname: string;
  /** Where it starts, in octets from the start of the packet. */
  readonly pos: number;
  /** How many octets it covers. */
  readonly size: number;
  /** Its octets, as hexadecimal. */
  readonly value: string;
  readonly children: readonly Dissected[];
}

const FIRST_PORT = 10_000;
const WSP_PUSH_PORT = 2948;
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

/** The `mmse` protocol of each PDU or push, undefined where tshark saw none. In the order of the input. */
export function dissectAll(messages: readonly Uint8Array[]): readonly (Dissected | undefined)[] {
  const packets = messages.flatMap((bytes, index) => packetsOf(Buffer.from(bytes), FIRST_PORT + index));
  const roots = runTshark(pcap(packets)).children;
  const byPort = new Map(roots.map((packet) => [portOf(packet), find(packet, 'mmse')]));
  return messages.map((_, index) => byPort.get(FIRST_PORT + index));
}

function packetsOf(bytes: Buffer, port: number): readonly Buffer[] {
  if (looksLikePush(bytes)) return [udpPacket([port, WSP_PUSH_PORT], bytes)];
  const head = [
    'POST / HTTP/1.1',
    'Host: mmsc',
    'Content-Type: application/vnd.wap.mms-message',
    `Content-Length: ${bytes.length}`,
    '',
    '',
  ];
  return tcpStream(port, Buffer.concat([Buffer.from(head.join('\r\n')), bytes]));
}

function runTshark(capture: Buffer): Dissected {
  const folder = mkdtempSync(join(tmpdir(), 'mmsguard-tshark-'));
  try {
    const file = join(folder, 'messages.pcap');
    writeFileSync(file, capture);
    const options = ['-o', 'http.desegment_body:TRUE', '-d', `udp.port==${WSP_PUSH_PORT},wsp`];
    const run = spawnSync('tshark', ['-r', file, '-n', '-Y', 'mmse', '-T', 'pdml', ...options], {
      encoding: 'utf8',
      maxBuffer: OUTPUT_BYTES_MAX,
      env: { ...process.env, TZ: 'UTC' },
    });
    if (run.error !== undefined) throw run.error;
    return parsePdml(run.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TAG = /<(\/?)(packet|proto|field)\b([^>]*?)(\/?)>/g;
const ATTRIBUTE = /(\w+)="([^"]*)"/g;

interface OpenNode extends Dissected {
  readonly children: OpenNode[];
}

/** PDML is flat enough for a stack: packets, protocols and fields, with attributes only. */
function parsePdml(pdml: string): Dissected {
  const root = nodeOf('');
  const stack = [root];
  for (const [, closing, , attributes = '', selfClosing] of pdml.matchAll(TAG)) {
    if (closing === '/') {
      stack.pop();
      continue;
    }
    const node = nodeOf(attributes);
    stack.at(-1)?.children.push(node);
    if (selfClosing !== '/') stack.push(node);
  }
  return root;
}

function nodeOf(attributes: string): OpenNode {
  const found = new Map([...attributes.matchAll(ATTRIBUTE)].map(([, name = '', text = '']) => [name, text]));
  const textOf = (name: string): string => unescape(found.get(name) ?? '');
  return {
    name: textOf('name'),
    show: textOf('show'),
    showname: textOf('showname'),
    pos: Number(textOf('pos')),
    size: Number(textOf('size')),
    // A field that is smaller than its octet has the whole octet in another attribute.
    value: textOf(found.has('unmaskedvalue') ? 'unmaskedvalue' : 'value'),
    children: [],
  };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescape(text: string): string {
  return text.replace(/&(#x[0-9A-Fa-f]+|\w+);/g, (whole, entity: string) =>
    entity.startsWith('#x')
      ? String.fromCodePoint(Number.parseInt(entity.slice(2), 16))
      : (ENTITIES[entity] ?? whole),
  );
}

/** The first node of a name inside another, at any depth, in document order. */
export function find(node: Dissected, name: string): Dissected | undefined {
  for (const child of node.children) {
    const found = child.name === name ? child : find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function portOf(packet: Dissected): number {
  const port = find(packet, 'tcp.srcport') ?? find(packet, 'udp.srcport');
  return Number(port?.show);
}
