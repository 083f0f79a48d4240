import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { fence, LAYERS } from './layers.js';

function complaints(layer: string, code: string): number {
  const row = LAYERS[layer];
  if (row === undefined) throw new Error(`no layer ${layer}`);
  const config = {
    ...fence(layer, row),
    languageOptions: { sourceType: 'module', ecmaVersion: 2024 },
  } as const;
  return new Linter().verify(code, [config], `src/${layer}/sample.ts`).length;
}

describe('the import fences', () => {
  it.each([
    ['codec', "import './reader.ts';", 0],
    ['codec', "import '../proxy/server.ts';", 1],
    ['codec', "import 'node:fs';", 1],
    ['codec', "import 'zod';", 1],
    ['codec', 'Date.now();', 1],
    ['codec', 'Math.random();', 1],
    ['codec', 'Buffer.alloc(1);', 1],
    ['inspection', "import '../codec/pdu.ts';", 0],
    ['inspection', "import '../policy/decide.ts';", 1],
    ['proxy', "import 'node:http'; import '../codec/pdu.ts';", 0],
    ['proxy', "import '../admin/server.ts';", 1],
    ['proxy', "import '../app/compose.ts';", 1],
    ['lab', "import '../codec/pdu.ts';", 0],
    ['lab', "import '../proxy/server.ts';", 1],
  ])('in %s, %s gets %i complaints', (layer, code, expected) => {
    expect(complaints(layer, code)).toBe(expected);
  });

  it('let nothing in the product import the lab', () => {
    const importers = Object.keys(LAYERS).filter((layer) => LAYERS[layer]?.imports.includes('lab'));
    expect(importers).toEqual([]);
  });
});
