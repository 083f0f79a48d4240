import { describe, expect, it } from 'vitest';
import { ImportSwitch, type Replacements } from '../../src/scanning/import-switch.ts';

type Functions = Record<string, (...values: unknown[]) => unknown>;

const makeMutClosure = (...values: unknown[]): unknown => ['closure', ...values];
const getArrayU8FromWasm0 = (...values: unknown[]): Uint8Array => Uint8Array.from(values as number[]);

/** Functions that read like those of the package. */
function packageImports(): Functions {
  return {
    cast_1: (a, b) => {
      return makeMutClosure(a, b);
    },
    new_2: (a, b) => new Uint8Array(getArrayU8FromWasm0(a, b)),
    new_3: (a) => new WebAssembly.Module(a as Uint8Array),
    new_4: (a) => new WebAssembly.Memory(a as WebAssembly.MemoryDescriptor),
    new_5: (a, b) => new WebAssembly.Global(a as WebAssembly.GlobalDescriptor, b),
    new_6: (a, b) => new WebAssembly.Instance(a as WebAssembly.Module, b as WebAssembly.Imports),
    other: () => 'other',
  };
}

const replacing = (): Replacements => {
  const instead = (): string => 'instead';
  return {
    wrapHostFunction: instead,
    copyBytes: instead,
    translate: instead,
    createMemory: instead,
    createGlobal: instead,
    instantiate: instead,
  };
};

describe('ImportSwitch', () => {
  it('leaves everything to the package until it has replacements, and again when it has none', () => {
    const imports = packageImports();
    const given = new ImportSwitch();
    given.installIn(imports);
    expect(given.isInstalled).toBe(true);
    expect(imports['cast_1']!(1, 2)).toEqual(['closure', 1, 2]);
    given.replacements = replacing();
    expect(imports['cast_1']!(1, 2)).toBe('instead');
    given.replacements = undefined;
    expect(imports['cast_1']!(1, 2)).toEqual(['closure', 1, 2]);
  });

  it('replaces each place and nothing else', () => {
    const imports = packageImports();
    const given = new ImportSwitch();
    given.installIn(imports);
    given.replacements = replacing();
    const { other, ...places } = imports;
    expect(Object.values(places).map((place) => place())).toEqual(Object.keys(places).map(() => 'instead'));
    expect(other!()).toBe('other');
  });

  it.each(Object.keys(packageImports()).filter((name) => name !== 'other'))(
    'touches nothing when there is no %s',
    (missing) => {
      const imports = packageImports();
      Reflect.deleteProperty(imports, missing);
      const before = { ...imports };
      const given = new ImportSwitch();
      given.installIn(imports);
      expect(given.isInstalled).toBe(false);
      expect(imports).toEqual(before);
    },
  );

  it('touches nothing when a place is there twice', () => {
    const imports = packageImports();
    imports['new_7'] = imports['new_6']!;
    const given = new ImportSwitch();
    given.installIn(imports);
    expect(given.isInstalled).toBe(false);
  });
});
