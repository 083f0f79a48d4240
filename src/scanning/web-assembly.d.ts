/** What we use of the WebAssembly JavaScript interface. Only the DOM library of TypeScript declares it, and with it a browser. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  const Module: new (bytes: Uint8Array) => Module;
  type Imports = Record<string, Record<string, unknown>>;
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports?: Imports);
  }
  interface MemoryDescriptor {
    readonly initial: number;
    readonly maximum?: number;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(descriptor: MemoryDescriptor);
    grow(pages: number): number;
  }
  interface TableDescriptor {
    readonly element: string;
    readonly initial: number;
  }
  class Table {
    constructor(descriptor: TableDescriptor);
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
    grow(entries: number): number;
  }
  interface GlobalDescriptor {
    readonly value: string;
    readonly mutable?: boolean;
  }
  class Global {
    value: unknown;
    constructor(descriptor: GlobalDescriptor, value: unknown);
  }
  function validate(bytes: Uint8Array): boolean;
}
