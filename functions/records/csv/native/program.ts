import { assemble, type WasmFunction } from './assembler.ts';
import type { Room } from './room.ts';

/** The function at work on a memory. @returns its result, an integer. */
export type Program = (...parameters: number[]) => number;

const compiled = new Map<WasmFunction, WebAssembly.Module | false>();

/** Undefined on a processor without SIMD. */
export function programOf(func: WasmFunction, { memory }: Room): Program | undefined {
  const module = moduleOf(func);
  return module && (new WebAssembly.Instance(module, { js: { memory } }).exports[func.name] as Program);
}

function moduleOf(func: WasmFunction): WebAssembly.Module | undefined {
  let module = compiled.get(func);
  if (module === undefined) {
    const bytes = assemble(func);
    module = WebAssembly.validate(bytes) && new WebAssembly.Module(bytes);
    compiled.set(func, module);
  }
  return module || undefined;
}
