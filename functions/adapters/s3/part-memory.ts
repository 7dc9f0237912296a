/** Memory of parts that have arrived, for the next ones of any object: what lies outside V8's heap is freed late. */
const spare: Buffer<ArrayBuffer>[] = [];
let objects = 0;

/**
 * For the parts of one object, until `leave`; with the last object that is written all of it goes, at once and not when V8
 * collects it. What is given must be on its way nowhere.
 */
export function partMemory() {
  objects += 1;
  let left = false;
  return {
    take(size: number): Buffer<ArrayBuffer> {
      const fitting = spare.findIndex(({ length }) => length === size);
      return spare.splice(fitting, fitting < 0 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(size);
    },
    give: (memory: Buffer<ArrayBuffer>): void => void spare.push(memory),
    leave(memory?: Buffer<ArrayBuffer>): void {
      if (left) return;
      left = true;
      objects -= 1;
      if (memory) spare.push(memory);
      if (objects > 0) return;
      for (const { buffer } of spare.splice(0)) buffer.transfer(0);
    },
  };
}
