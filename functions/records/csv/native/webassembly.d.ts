/** As much of https://webassembly.github.io/spec/js-api/ as is used here: TypeScript has it among the types of browsers only. */
declare namespace WebAssembly {
  class Memory {
    /** `initial` in pages of 64 KiB. @throws RangeError if the process has no address space left for it. */
    constructor(descriptor: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean });
    readonly buffer: ArrayBuffer;
    /** @param pages of 64 KiB more. @throws RangeError beyond the maximum, or where the system has no more */
    grow(pages: number): number;
  }
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
