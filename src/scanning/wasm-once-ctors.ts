/**
 * Makes a WebAssembly program run its static constructors once. wasm-ld wraps every exported function of a program
 * that has no entry so that each call first runs them all; YARA-X has about 190, and pays for them at every call.
 */
import {
  HEADER_LENGTH,
  joinBytes,
  KIND,
  leb128,
  readSections,
  SECTION,
  WasmReader,
  type WasmSection,
} from './wasm-reader.ts';

/** Instructions and types, core specification 5.3.1 and 5.4. */
const OP = {
  if: 0x04,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  getGlobal: 0x23,
  setGlobal: 0x24,
  i32: 0x41,
} as const;
const I32 = 0x7f;
const EMPTY_BLOCK = 0x40;
const MUTABLE = 1;

/** A function that so many exports call first is taken for the constructors. */
const WRAPPERS_MIN = 5;

/** A function's code: where its size stands, where its locals begin, and where it ends. */
interface Body {
  readonly start: number;
  readonly locals: number;
  readonly end: number;
}

/**
 * The same program with a flag before its constructors, so that they do nothing from the second call on. Undefined
 * when no constructors are recognised, or when what comes out is not valid.
 */
export function runCtorsOnce(program: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const sections = readSections(program);
  const globals = sections.find(({ id }) => id === SECTION.global);
  const code = sections.find(({ id }) => id === SECTION.code);
  if (globals === undefined || code === undefined) return undefined;
  const imported = countImports(program, sections);
  const ctors = findCtors(
    program,
    readExports(program, sections),
    readBodies(program, code, imported.functions),
  );
  if (ctors === undefined) return undefined;
  const globalCount = new WasmReader(program, globals.body).number();
  const flag = leb128(imported.globals + globalCount);
  const runs = sections.map((section) => {
    if (section === globals) return withId(section, withFlag(program, section, globalCount));
    if (section === code) return withId(section, withGuard(program, section, ctors, flag));
    return program.subarray(section.start, section.end);
  });
  const patched = joinBytes([program.subarray(0, HEADER_LENGTH), ...runs]);
  return WebAssembly.validate(patched) ? patched : undefined;
}

/** Imported functions and globals come first in the index spaces (2.5.1). */
function countImports(
  program: Uint8Array,
  sections: readonly WasmSection[],
): { functions: number; globals: number } {
  const counts = { functions: 0, globals: 0 };
  const section = sections.find(({ id }) => id === SECTION.import);
  if (section === undefined) return counts;
  const reader = new WasmReader(program, section.body);
  reader.vector(() => {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === KIND.function) counts.functions += 1;
    if (kind === KIND.global) counts.globals += 1;
    if (kind === KIND.function) reader.number();
    else reader.byte();
    if (kind === KIND.global) reader.byte();
    if (kind === KIND.table) reader.skipLimits();
    if (kind === KIND.memory) {
      reader.position -= 1;
      reader.skipLimits();
    }
  });
  return counts;
}

/** Indices of the exported functions. */
function readExports(program: Uint8Array, sections: readonly WasmSection[]): number[] {
  const exported: number[] = [];
  const section = sections.find(({ id }) => id === SECTION.export);
  if (section === undefined) return exported;
  const reader = new WasmReader(program, section.body);
  reader.vector(() => {
    reader.name();
    const kind = reader.byte();
    const index = reader.number();
    if (kind === KIND.function) exported.push(index);
  });
  return exported;
}

/** The code of every function that is not imported, by its index. */
function readBodies(program: Uint8Array, code: WasmSection, imported: number): Map<number, Body> {
  const bodies = new Map<number, Body>();
  const reader = new WasmReader(program, code.body);
  reader.vector((index) => {
    const start = reader.position;
    const length = reader.number();
    const locals = reader.position;
    const end = locals + length;
    bodies.set(imported + index, { start, locals, end });
    reader.position = end;
  });
  return bodies;
}

/** A reader that stands at the first instruction of a function. */
function atInstructions(program: Uint8Array, { locals }: Body): WasmReader {
  const reader = new WasmReader(program, locals);
  reader.vector(() => {
    reader.number();
    reader.byte();
  });
  return reader;
}

/** What most exports call before anything else. */
function findCtors(
  program: Uint8Array,
  exported: readonly number[],
  bodies: ReadonlyMap<number, Body>,
): Body | undefined {
  const callers = new Map<number, number>();
  for (const index of exported) {
    const body = bodies.get(index);
    if (body === undefined) continue;
    const reader = atInstructions(program, body);
    if (reader.byte() !== OP.call) continue;
    const called = reader.number();
    callers.set(called, (callers.get(called) ?? 0) + 1);
  }
  const [first] = [...callers].toSorted(([, a], [, b]) => b - a);
  if (first === undefined || first[1] < WRAPPERS_MIN) return undefined;
  return bodies.get(first[0]);
}

function withId({ id }: WasmSection, content: Uint8Array): Uint8Array {
  return joinBytes([[id], leb128(content.length), content]);
}

/** The globals and one more: a mutable i32, 0 at first. */
function withFlag(program: Uint8Array, { body, end }: WasmSection, count: number): Uint8Array {
  const globals = program.subarray(body + leb128(count).length, end);
  return joinBytes([leb128(count + 1), globals, [I32, MUTABLE, OP.i32, 0, OP.end]]);
}

/** The code with `if (flag) return; flag = 1;` at the head of the constructors. */
function withGuard(program: Uint8Array, { body, end }: WasmSection, ctors: Body, flag: number[]): Uint8Array {
  const head = atInstructions(program, ctors).position;
  const guard = [
    OP.getGlobal,
    ...flag,
    OP.if,
    EMPTY_BLOCK,
    OP.return,
    OP.end,
    OP.i32,
    1,
    OP.setGlobal,
    ...flag,
  ];
  const guarded = joinBytes([program.subarray(ctors.locals, head), guard, program.subarray(head, ctors.end)]);
  return joinBytes([
    program.subarray(body, ctors.start),
    leb128(guarded.length),
    guarded,
    program.subarray(ctors.end, end),
  ]);
}
