import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CONFIG_OUTLINE } from '../../src/app/config-keys.ts';
import {
  CONFIG_FILE_BYTES_MAX,
  loadConfig,
  readConfig,
  type ConfigResult,
} from '../../src/app/config-load.ts';
import { CONFIG_SCHEMA } from '../../src/app/config-schema.ts';
import { scratchFile } from '../support/scratch-folder.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);
/** Milliseconds; many runs take long on a busy machine. */
const RUNS_TIMEOUT_MS = 20_000 + 20 * RUNS;

function errorsOf(result: ConfigResult): readonly string[] {
  if (result.ok) return [];
  return result.errors.map(({ source, path, line, variable }) =>
    [source, path, ...(line === undefined ? [] : [line]), ...(variable === undefined ? [] : [variable])].join(
      ' ',
    ),
  );
}

describe('a configuration with mistakes', () => {
  it.each<[string, string, Record<string, string>, readonly string[]]>([
    ['an unknown group', 'listn: {port: 1}', {}, ['file listn 1']],
    ['an unknown key', 'listen:\n  prt: 1', {}, ['file listen.prt 2']],
    [
      'an unknown key in a list',
      'allowedMmscs:\n  - url: http://a/\n    prt: 1',
      {},
      ['file allowedMmscs[0].prt 3'],
    ],
    ['a wrong type', 'listen:\n  port: "80"', {}, ['file listen.port 2']],
    ['a number out of range', 'listen: {port: 65536}', {}, ['file listen.port 1']],
    ['a value that is missing', 'allowedMmscs:\n  - connectTo: a:1', {}, ['file allowedMmscs[0].url 2']],
    ['a key without its value', 'listen:\n  port:', {}, ['file listen.port 2']],
    ['a group that is none', 'log: debug', {}, ['file log 1']],
    [
      'an unknown deviation',
      'codec:\n  tolerate:\n    - uri-space\n    - foo',
      {},
      ['file codec.tolerate[1] 4'],
    ],
    ['a deviation set that is none', 'codec: {tolerate: lax}', {}, ['file codec.tolerate 1']],
    ['a list for a file', '[1]', {}, ['file  1']],
    ['a text for a file', 'hello', {}, ['file  1']],
    ['a duplicate key', 'log: {}\nlog: {}', {}, ['file  2']],
    ['a __proto__ key', '__proto__: {port: 1}', {}, ['file __proto__ 1']],
    ['a wrong variable', '', { MMSGUARD_LISTEN_PORT: 'x' }, ['environment listen.port MMSGUARD_LISTEN_PORT']],
    [
      'a wrong item in a variable',
      '',
      { MMSGUARD_ALLOWED_MMSCS: '[{url: 5}]' },
      ['environment allowedMmscs[0].url MMSGUARD_ALLOWED_MMSCS'],
    ],
    [
      'a variable that does not fit a default',
      '',
      { MMSGUARD_LIMITS_BODY_BYTES_MAX: '20000000' },
      ['default codec.limits.pduBytesMax'],
    ],
    [
      'several at once, in file and environment',
      'listen:\n  port: x\n  hots: y\nlimits: {bodyBytesMax: 1}\nfoo: 1',
      { MMSGUARD_FOO: '1', MMSGUARD_LOG_LEVEL: 'loud' },
      [
        'environment  MMSGUARD_FOO',
        'file listen.port 2',
        'file listen.hots 3',
        'file limits.bodyBytesMax 4',
        'environment log.level MMSGUARD_LOG_LEVEL',
        'file foo 5',
      ],
    ],
    [
      'a broken file and a wrong variable',
      'listen: [',
      { MMSGUARD_LISTEN_PORT: 'x' },
      ['file  1', 'environment listen.port MMSGUARD_LISTEN_PORT'],
    ],
  ])('%s: each is told with its place', (_, text, environment, expected) => {
    const errors = errorsOf(readConfig(text, environment));
    for (const error of expected) expect(errors).toContain(error);
    // A broken file may have several syntax errors at one place.
    expect([...new Set(errors)]).toHaveLength(expected.length);
  });

  it('tells which key may be meant', () => {
    const result = readConfig('limits: {bodyBytesMx: 1}', {});
    expect(result.ok ? '' : result.errors[0]?.message).toBe('unknown key; did you mean bodyBytesMax?');
  });
});

describe('the layers', () => {
  const text = 'listen:\n  port: 1\n  host: 0.0.0.0\nlog:\n';
  const result = readConfig(text, { MMSGUARD_LISTEN_PORT: '2', MMSGUARD_HEADERS_STRIP: '[]' });

  it('are defaults, then file, then environment', () => {
    if (!result.ok) throw new Error(errorsOf(result).join());
    expect(result.config).toEqual({
      ...CONFIG_SCHEMA.parse({}),
      listen: { ...CONFIG_SCHEMA.parse({}).listen, port: 2, host: '0.0.0.0' },
      headers: { ...CONFIG_SCHEMA.parse({}).headers, strip: [] },
    });
  });

  it.each([
    [['listen', 'port'], { source: 'environment', variable: 'MMSGUARD_LISTEN_PORT' }],
    [['listen', 'host'], { source: 'file', line: 3 }],
    [['log', 'level'], { source: 'default' }],
    [['headers', 'strip'], { source: 'environment', variable: 'MMSGUARD_HEADERS_STRIP' }],
  ])('are told apart: %j', (path, origin) => {
    expect(result.ok && result.originOf(path)).toEqual(origin);
  });

  it('take a group with every key commented out for absent', () => {
    expect(readConfig('listen:\n  # port: 1\nmmsc:\n  tls:\n', {})).toMatchObject({ ok: true });
  });

  it('do not let an override reach a second use of an alias', () => {
    const shared = `mmsc: {url: 'https://a/', tls: &t {caFile: a.pem}}\nallowedMmscs: [{url: 'https://b/', tls: *t}]`;
    const changed = readConfig(shared, { MMSGUARD_MMSC_TLS_CA_FILE: 'b.pem' });
    expect(changed).toMatchObject({
      config: { mmsc: { tls: { caFile: 'b.pem' } }, allowedMmscs: [{ tls: { caFile: 'a.pem' } }] },
    });
  });

  it('can set every key by its variable', () => {
    const environment = Object.fromEntries(
      CONFIG_OUTLINE.keys.map(({ environmentName, byDefault }) => [
        environmentName,
        typeof byDefault === 'string' ? byDefault : byDefault === null ? '' : JSON.stringify(byDefault),
      ]),
    );
    const all = readConfig('', environment);
    if (!all.ok) throw new Error(errorsOf(all).join());
    expect(all.config).toEqual(CONFIG_SCHEMA.parse({}));
    const origins = CONFIG_OUTLINE.keys.map(({ path }) => all.originOf(path).source);
    expect(new Set(origins)).toEqual(new Set(['environment']));
  });
});

describe('a configuration file', () => {
  it('is optional', async () => {
    expect(await loadConfig(undefined, {})).toMatchObject({ ok: true });
  });

  it('that is named must be there', async () => {
    const result = await loadConfig('/nonexistent/mmsguard.yaml', {});
    expect(result).toEqual({
      ok: false,
      errors: [{ path: '', message: 'there is no such file', source: 'file' }],
    });
  });

  it.each([
    [CONFIG_FILE_BYTES_MAX, true],
    [CONFIG_FILE_BYTES_MAX + 1, false],
  ])('of %d bytes: %s', async (size, ok) => {
    const file = scratchFile('mmsguard.yaml', `log: {level: warn}\n#`.padEnd(size, 'x'));
    expect(await loadConfig(file, {})).toMatchObject({ ok });
  });

  it('must be UTF-8', () => {
    expect(readConfig(Buffer.from('texts: {refused: "\xff"}', 'latin1'), {})).toMatchObject({
      errors: [{ message: 'is not UTF-8 text' }],
    });
    expect(readConfig(Buffer.from('texts: {refused: "ÿ"}'), {})).toMatchObject({
      config: { texts: { refused: 'ÿ' } },
    });
  });
});

describe('any input', () => {
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.integer({ min: -1, max: 2 ** 31 }),
    fc.constantFrom('http://mmsc/', 'https://a:1/', '10.0.0.0/8', 'strict', 'required', 'a.pem', 'debug'),
  );
  const keyNames = [...new Set(CONFIG_OUTLINE.keys.flatMap(({ path }) => path))];
  const name = fc.oneof(
    fc.constantFrom(...keyNames, 'allowedMmscs', '__proto__', 'constructor'),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.dictionary(name, tie('tree'), { maxKeys: 6 }),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));
  const schemaLike = fc.record(
    Object.fromEntries(Object.keys(CONFIG_SCHEMA.shape).map((key) => [key, tree])),
    { requiredKeys: [] },
  );
  const environment = fc.dictionary(
    fc.oneof(
      fc.constantFrom(...CONFIG_OUTLINE.keys.map((key) => key.environmentName)),
      fc.string().map((suffix) => `MMSGUARD_${suffix}`),
    ),
    fc.oneof(fc.string(), leaf.map(String)),
    { maxKeys: 3 },
  );

  it(
    'gives a configuration or errors, and never throws',
    () => {
      fc.assert(
        fc.property(fc.oneof(schemaLike, tree), environment, (value, variables) => {
          const result = readConfig(stringify(value), variables);
          if (result.ok) expect(CONFIG_SCHEMA.safeParse(result.config).success).toBe(true);
          else expect(result.errors.length).toBeGreaterThan(0);
        }),
        { numRuns: RUNS },
      );
    },
    RUNS_TIMEOUT_MS,
  );

  it(
    'of bytes gives a configuration or errors, and never throws',
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          const result = readConfig(bytes, {});
          if (!result.ok) expect(result.errors.length).toBeGreaterThan(0);
        }),
        { numRuns: RUNS },
      );
    },
    RUNS_TIMEOUT_MS,
  );
});
