import type { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';

/** What is made for the block that it was last asked for: a pass has one, or two if it begins with another file. */
export function perBlock<Made>(make: (memory: Memory, block: Cells) => Made): (memory: Memory, block: Cells) => Made {
  let last: { readonly memory: Memory; readonly block: Cells; readonly made: Made } | undefined;
  return (memory, block) => {
    if (last?.block !== block || last.memory !== memory) last = { memory, block, made: make(memory, block) };
    return last.made;
  };
}
