import { initSync } from '@virustotal/yara-x';
import { beforeAll, describe, expect, it } from 'vitest';
import { CompiledRules, type EngineMatch } from '../../src/scanning/compiled-rules.ts';
import { EngineAbi } from '../../src/scanning/engine-abi.ts';
import { takeImage, type Engine } from '../../src/scanning/engine-instance.ts';
import { GuestLink } from '../../src/scanning/guest-link.ts';
import { ImportSwitch } from '../../src/scanning/import-switch.ts';
import { RuleCompiler } from '../../src/scanning/rule-compiler.ts';
import { EngineScanner, SCANS_MAX_LONG_WAY } from '../../src/scanning/rule-scanner.ts';
import { SELF_TEST_RULES } from '../../src/scanning/rule-self-test.ts';
import { loadEngineProgram } from '../../src/scanning/yara-engine.ts';
import { rulesMatching } from '../support/rule-sources.ts';

/** Rules whose conditions call as many of the engine's functions as can be. */
const RULES = `
import "math"
import "hash"
import "pe"
import "string"
private rule helper { strings: $a = "helper" condition: $a }
rule numbers { condition: uint8(0) == 0x4d and int16be(1) > -1 and uint32(2) != 0 and not defined uint32(filesize - 3) }
rule loops { strings: $a = "ab" condition: for any i in (1..#a) : (uint8(@a[i] + 2) == 0x63 and !a[i] == 2) }
rule at_and_in { strings: $a = "ab" condition: $a at 10 or $a in (20..30) }
rule ranges { strings: $a1 = "one" $a2 = "two" $a3 = "three" condition: 2 of ($a*) }
rule regular { strings: $a = /x[0-9]{1,3}y/ nocase wide ascii condition: #a > 1 }
rule texts { condition: filename contains "photo" and filename matches /\\.jpe?g$/ and declared_type == "image/jpeg" }
rule modules { condition: math.entropy(0, filesize) > 4.0 and string.to_int("12") == 12 and hash.crc32(0, 3) > 0 }
rule windows { condition: pe.is_pe and pe.number_of_sections >= 0 }
rule by_helper { condition: helper }
rule nothing { strings: $a = "never there" condition: $a }
rule always { condition: filesize >= 0 }
`;

const PAYLOADS = [
  '',
  'M',
  'MZ..one..two',
  'ab'.repeat(200) + 'abc helper',
  '..........ab..........ab three one',
  'x1y x22y X333Y',
  'x\\0001\\0y\\0x\\0002\\0y\\0',
  Array.from({ length: 3000 }, (_, index) => String.fromCharCode((index * 89) & 0xff)).join(''),
];

const plain = (matches: readonly EngineMatch[]): string => JSON.stringify(matches);
const instanceCount = ({ __wbindgen_externrefs: held }: EngineAbi['exports']): number =>
  Array.from({ length: held.length }, (_, index) => held.get(index)).filter(
    (value) => value instanceof WebAssembly.Instance,
  ).length;

describe('GuestLink', () => {
  const imports = new ImportSwitch();
  const { module } = loadEngineProgram();
  let engine: Engine;
  let link: GuestLink;

  /** Rules in an engine, with their variables set. */
  const compiled = (text: string): CompiledRules => {
    const compiler = new RuleCompiler(engine);
    expect(compiler.add('test', text)).toEqual([]);
    const rules = new CompiledRules(engine, compiler.build());
    rules.setExternal('filename', 'my photo.jpg');
    rules.setExternal('declared_type', 'image/jpeg');
    return rules;
  };

  beforeAll(() => {
    const { Instance } = WebAssembly;
    Reflect.set(WebAssembly, 'Instance', function (program: WebAssembly.Module, given: WebAssembly.Imports) {
      for (const space of Object.values(given)) imports.installIn(space);
      return new Instance(program, given);
    });
    const abi = new EngineAbi(initSync({ module }));
    Reflect.set(WebAssembly, 'Instance', Instance);
    const fresh = abi.exports.memory.buffer.slice(0);
    link = new GuestLink(abi.exports, imports, fresh);
    engine = { abi, link };
  });

  it('finds what the long way finds, however often and in whatever order', () => {
    const rules = compiled(RULES);
    const expected = PAYLOADS.map((payload) => plain(rules.scan(Buffer.from(payload, 'latin1'))));
    expect(new Set(expected).size).toBeGreaterThan(5);
    const other = compiled('rule other { strings: $a = "one" condition: $a and uint8(0) == 0x4d }');
    expect(rules.teach(link)).toBe(true);
    rules.use(link);
    other.use(link);
    for (let round = 0; round < 5; round += 1) {
      const found = PAYLOADS.toReversed().map((payload) => {
        expect(other.scan(Buffer.from('MZ one'))).toHaveLength(1);
        return plain(rules.scan(Buffer.from(payload, 'latin1')));
      });
      expect(found).toEqual(expected.toReversed());
    }
  });

  it('keeps nothing of a scan', () => {
    const rules = compiled(RULES);
    expect(rules.teach(link)).toBe(true);
    rules.use(link);
    const scan = (): void => {
      for (const payload of PAYLOADS) rules.scan(Buffer.from(payload, 'latin1'));
    };
    scan();
    const { exports } = engine.abi;
    const before = [
      exports.memory.buffer.byteLength,
      exports.__wbindgen_externrefs.length,
      instanceCount(exports),
    ];
    for (let round = 0; round < 250; round += 1) scan();
    const after = [
      exports.memory.buffer.byteLength,
      exports.__wbindgen_externrefs.length,
      instanceCount(exports),
    ];
    expect(after).toEqual(before);
  });

  it('lets the engine compile again afterwards', () => {
    const rules = compiled(RULES);
    expect(rules.teach(link)).toBe(true);
    const compiler = new RuleCompiler(engine);
    expect(compiler.add('test', RULES)).toEqual([]);
    compiler.discard();
  });

  it('learns nothing without the list of host functions, and the long way still works', () => {
    link.restore();
    const rules = compiled(RULES);
    const blind = new GuestLink(engine.abi.exports, imports, engine.abi.exports.memory.buffer.slice(0));
    const expected = plain(rules.scan(Buffer.from('MZ..one..two')));
    expect(rules.teach(blind)).toBe(false);
    expect(plain(rules.scan(Buffer.from('MZ..one..two')))).toBe(expected);
  });

  it('is done without by a scanner of an engine that has none', () => {
    link.restore();
    const build = (text: string): number => {
      const compiler = new RuleCompiler(engine);
      expect(compiler.add('test', text)).toEqual([]);
      return compiler.build();
    };
    const [rules, selfTest] = [build(RULES), build(SELF_TEST_RULES)];
    const image = {
      ...takeImage(engine),
      program: module,
      selfTest,
      externals: [],
      groups: [{ kinds: ['part' as const], rules }],
    };
    const scanner = new EngineScanner({ abi: engine.abi, link: undefined }, image);
    expect(scanner.missing).toEqual(['guest-link']);
    expect(scanner.scansLeft).toBe(SCANS_MAX_LONG_WAY);
    expect(scanner.selfTest()).toBeUndefined();
    expect(rulesMatching(scanner, 'MZ..one..two')).toEqual(['always', 'numbers', 'ranges']);
    expect(scanner.scansLeft).toBe(SCANS_MAX_LONG_WAY - 1);
  });

  it('learns nothing when the package cannot be switched', () => {
    const rules = compiled(RULES);
    const { exports } = engine.abi;
    expect(rules.teach(new GuestLink(exports, new ImportSwitch(), new ArrayBuffer(4)))).toBe(false);
    expect(rules.scan(Buffer.from('MZ')).map(({ identifier }) => identifier)).toContain('always');
  });
});
