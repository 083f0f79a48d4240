import { z } from 'zod';
import { DEFAULT_DECODE_LIMITS } from '../codec/decode-limits.ts';
import { DEVIATION_CODES } from '../codec/deviations.ts';
import { policy } from './config-policy.ts';
import { admin, media, rules, scanning, sizes, urls } from './config-scanning.ts';
import { quarantine, storage, strip } from './config-storage.ts';
import { replies, texts } from './config-texts.ts';
import { checkAcrossGroups, checkLimits, checkListenTls, checkMmsc } from './config-rules.ts';
import {
  bytes,
  cidrBlock,
  connectTo,
  count,
  headerNames,
  LIST_MAX,
  listenHost,
  milliseconds,
  mmscUrl,
  pemFile,
  viaName,
} from './config-values.ts';

const MIB = 1024 * 1024;

/** The largest body that can be configured; the largest message that a known carrier allows is 8 MiB. */
export const BODY_BYTES_CEILING = 256 * MIB;

/** Identity headers that gateways and carriers are known to use. */
const IDENTITY_HEADERS = [
  'x-msisdn',
  'x-wap-network-client-msisdn',
  'x-up-calling-line-id',
  'x-nokia-msisdn',
  'x-mdn',
  'x-vzw-mdn',
  'x-cs3g-mdn',
  'x-wap-network-client-ip',
  'x-wap-client-ip',
  'x-wap-3gpp-imsi',
  'x-wap-3gpp-sgsn-address',
  'x-wap-3gpp-sgsn-mcc-mnc',
  'x-wap-3gpp-rat-type',
];

const listenTls = z
  .strictObject({
    certFile: pemFile('Certificate chain of the listener; null: plain HTTP'),
    keyFile: pemFile('Private key of the certificate, not encrypted'),
    clientCaFile: pemFile('Authorities that client certificates are checked against'),
    clientCertificate: z
      .enum(['none', 'required'])
      .default('none')
      .describe('Whether every peer must show a certificate; one that does is a trusted gateway'),
  })
  .superRefine(checkListenTls)
  .prefault({})
  .describe('TLS towards handsets and gateways. Relative paths start in the working directory.');

const listenerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be up to 32 lower case letters, digits and hyphens');

const listen = z
  .strictObject({
    name: listenerName.default('main').describe('By which policies know the listener'),
    host: listenHost
      .default('127.0.0.1')
      .describe('Address to listen on; 0.0.0.0 or "::" for every interface'),
    port: z.int().min(0).max(65_535).default(8080).describe('TCP port to listen on; 0 takes any free one'),
    tls: listenTls,
  })
  .prefault({})
  .describe('Where handsets and gateways connect to.');

const furtherListener = z.strictObject({
  name: listenerName.describe('By which policies know the listener'),
  host: listenHost.describe('Address to listen on'),
  port: z.int().min(0).max(65_535).describe('TCP port to listen on'),
  tls: listenTls,
});

const mmscTls = z
  .strictObject({
    caFile: pemFile('Authorities that the certificate of the MMSC is checked against; null: those of Node'),
    certFile: pemFile('Certificate chain that the proxy shows to the MMSC'),
    keyFile: pemFile('Private key of the certificate, not encrypted'),
    serverName: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Name that the certificate of the MMSC must carry; null: the host of its URL'),
  })
  .prefault({})
  .describe('TLS towards the MMSC; only for https.');

const CONNECT_TO_HELP =
  'HOST:PORT that connections really go to, because the name in the URL often resolves only inside the MMS APN; ' +
  'https://HOST:PORT to speak TLS there; null: host and port of the URL';

const mmsc = z
  .strictObject({
    url: mmscUrl
      .default('http://127.0.0.1:8081/')
      .describe('The MMSC as handsets name it: protocol, host, port. Paths are taken from each request'),
    connectTo: connectTo(CONNECT_TO_HELP),
    tls: mmscTls,
  })
  .superRefine(checkMmsc)
  .prefault({})
  .describe('The MMSC that requests in origin form (POST /path) go to.');

const allowedMmsc = z
  .strictObject({
    url: mmscUrl.describe('The MMSC as handsets name it: protocol, host, port'),
    connectTo: connectTo(CONNECT_TO_HELP),
    tls: mmscTls,
  })
  .superRefine(checkMmsc);

const headers = z
  .strictObject({
    strip: headerNames(
      ['x-wap-profile', 'profile'],
      'Headers removed from every request: an MMSC may fetch the profile URL that a subscriber names',
    ),
    identity: headerNames(
      IDENTITY_HEADERS,
      'Headers that name the subscriber: kept only when the peer is a trusted gateway',
    ),
    trustedGateways: z
      .array(cidrBlock)
      .max(LIST_MAX)
      .default([])
      .describe('CIDR blocks of the gateways whose identity headers are believed; empty: nobody is'),
    viaName: viaName.default('mmsguard').describe('Name of the proxy in Via headers'),
  })
  .prefault({})
  .describe('What is done with HTTP headers. Names in any case.');

const limits = z
  .strictObject({
    bodyBytesMax: bytes(10 * MIB, BODY_BYTES_CEILING, 'Bytes of one request or response body'),
    headerBytesMax: bytes(16 * 1024, MIB, 'Bytes of the header section of one request or response'),
    connectionsMax: count(10_000, 1_000_000, 'Open handset connections; one more is closed at once'),
    heldBytesMax: bytes(
      256 * MIB,
      64 * 1024 * MIB,
      'Body bytes held by all exchanges together; over it a request gets a transient status',
    ),
    mmscConnectionsMax: count(1000, 100_000, 'Open connections to one MMSC'),
  })
  .superRefine(checkLimits)
  .prefault({})
  .describe('How much is accepted.');

const timeouts = z
  .strictObject({
    requestHeaderMs: milliseconds(10_000, 'Milliseconds from connection to complete request header'),
    requestBodyMs: milliseconds(60_000, 'Milliseconds from the first byte to the complete request body'),
    idleMs: milliseconds(30_000, 'Milliseconds that an idle handset connection is kept'),
    mmscConnectMs: milliseconds(5000, 'Milliseconds for connecting to the MMSC'),
    mmscResponseMs: milliseconds(60_000, 'Milliseconds from the request sent to the complete answer'),
    drainMs: milliseconds(10_000, 'Milliseconds that exchanges in flight get to finish at SIGTERM'),
  })
  .prefault({})
  .describe('How long things may take.');

const decodeLimits = z
  .strictObject({
    pduBytesMax: bytes(DEFAULT_DECODE_LIMITS.pduBytesMax, BODY_BYTES_CEILING, 'Bytes of one PDU'),
    headersMax: count(DEFAULT_DECODE_LIMITS.headersMax, 65_536, 'Headers of one PDU, recipients included'),
    partsMax: count(DEFAULT_DECODE_LIMITS.partsMax, 65_536, 'Parts of one PDU, nested ones included'),
    partHeadersMax: count(DEFAULT_DECODE_LIMITS.partHeadersMax, 4096, 'Headers of one part'),
    nestingMax: count(DEFAULT_DECODE_LIMITS.nestingMax, 32, 'Multiparts inside one another'),
    parametersMax: count(DEFAULT_DECODE_LIMITS.parametersMax, 1024, 'Parameters of one Content-Type'),
    textBytesMax: bytes(DEFAULT_DECODE_LIMITS.textBytesMax, MIB, 'Bytes of one text value'),
    anomaliesMax: count(DEFAULT_DECODE_LIMITS.anomaliesMax, 65_536, 'Deviations before a PDU is given up'),
  })
  .prefault({})
  .describe('Limits of the decoder; a PDU over one counts as not inspected.');

const codec = z
  .strictObject({
    tolerate: z
      .union([z.enum(['real-world', 'strict']), z.array(z.enum(DEVIATION_CODES))], {
        error: 'must be real-world, strict, or a list of deviation codes',
      })
      .default('real-world')
      .describe(
        'Deviations from the specification that a PDU may have and still count as inspected: real-world (all that ' +
          'handsets and MMSCs need), strict (none), or a list of codes',
      ),
    limits: decodeLimits,
  })
  .prefault({})
  .describe('How MMS PDUs are read.');

const log = z
  .strictObject({
    level: z
      .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
      .default('info')
      .describe('Least important lines that are written; one line per exchange is info'),
    destination: z.enum(['stdout', 'stderr']).default('stdout').describe('Where JSON lines are written to'),
  })
  .prefault({})
  .describe('The log: one JSON object per line.');

/**
 * The whole configuration: every key with its default, its unit (in name or help) and its help text. Unknown keys are
 * errors. File, environment variables, JSON Schema and `config show` follow from it.
 */
export const CONFIG_SCHEMA = z
  .strictObject({
    listen,
    furtherListeners: z
      .array(furtherListener)
      .max(LIST_MAX)
      .default([])
      .describe('Further addresses to listen on, for policies that differ by listener'),
    mmsc,
    allowedMmscs: z
      .array(allowedMmsc)
      .max(LIST_MAX)
      .default([])
      .describe('Further MMSCs that requests in absolute form (POST http://HOST/path) may name'),
    headers,
    limits,
    timeouts,
    codec,
    scanning,
    rules,
    media,
    sizes,
    urls,
    policy,
    texts,
    replies,
    strip,
    storage,
    quarantine,
    admin,
    log,
  })
  .superRefine(checkAcrossGroups)
  .describe('Configuration of mmsguard.');

/** A checked configuration, every key present. */
export type Config = z.output<typeof CONFIG_SCHEMA>;
