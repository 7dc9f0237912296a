import { assemble, type MemoryName, type WasmFunction } from './assembler.ts';

/** The function at work on a memory. @returns its result, an integer. */
export type Program = (...parameters: number[]) => number;

const compiled = new Map<WasmFunction, WebAssembly.Module | false>();

type Memories = Readonly<Partial<Record<MemoryName, WebAssembly.Memory>>>;

/** Undefined on a processor without SIMD. @param memories those that it works in, at least */
export function programOf(func: WasmFunction, { memory, keys }: Memories): Program | undefined {
  const module = moduleOf(func);
  const js = { ...(memory && { memory }), ...(keys && { keys }) };
  return module && (new WebAssembly.Instance(module, { js }).exports[func.name] as Program);
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
