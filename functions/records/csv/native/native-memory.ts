import { Memory } from '../memory.ts';

/** For the rules of a table, a block of its cells and lines made of them; not touched, it takes no memory. */
const ROOM = 4 * 1024 * 1024;
const PAGE = 64 * 1024;

/** Memory that a native scan can work in, or plain memory where there is none to be had. */
export function nativeMemory(size: number): Memory {
  try {
    return new Memory(size, new WebAssembly.Memory({ initial: Math.ceil((size + ROOM) / PAGE) }));
  } catch {
    // No WebAssembly here, or no address space left for one more memory.
    return new Memory(size);
  }
}
