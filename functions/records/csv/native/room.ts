import type { Memory } from '../memory.ts';

const rooms = new WeakMap<Memory, Room>();

/** What programs have for themselves behind the bytes of a memory. */
export class Room {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Buffer;
  readonly view: DataView;
  private top: number;
  private scratchAt = 0;
  private scratchSize = 0;

  private constructor(memory: WebAssembly.Memory, top: number) {
    this.memory = memory;
    this.bytes = Buffer.from(memory.buffer);
    this.view = new DataView(memory.buffer);
    this.top = top;
  }

  /** Undefined for a memory that no program can work in. */
  static in(memory: Memory): Room | undefined {
    const known = rooms.get(memory);
    if (known || !memory.wasm) return known;
    const room = new Room(memory.wasm, memory.bytes.length);
    rooms.set(memory, room);
    return room;
  }

  /** What `place` has put in this room; undefined, and nothing taken, if it did not fit or is more than it may take. */
  try<Placed>(place: (room: Room) => Placed, most = Number.POSITIVE_INFINITY): Placed | undefined {
    const { top, scratchAt, scratchSize } = this;
    const placed = place(this);
    if (!this.exceeded && this.top - top <= most) return placed;
    Object.assign(this, { top, scratchAt, scratchSize });
    return undefined;
  }

  take(size: number): number {
    const at = Math.ceil(this.top / 16) * 16;
    this.top = at + size;
    return at;
  }

  put(content: Uint8Array): number {
    const at = this.take(content.length);
    this.set(at, content);
    return at;
  }

  set(at: number, content: Uint8Array): void {
    if (!this.exceeded) this.bytes.set(content, at);
  }

  integer(at: number, value: number): void {
    if (!this.exceeded) this.view.setInt32(at, value, true);
  }

  short(at: number, value: number): void {
    if (!this.exceeded) this.view.setUint16(at, value, true);
  }

  double(at: number, value: number): void {
    if (!this.exceeded) this.view.setFloat64(at, value, true);
  }

  /** A place that is shared with all who ask for no more: what is there is used up before the next one writes. */
  scratch(size: number): number {
    if (size > this.scratchSize) {
      this.scratchAt = this.take(size);
      this.scratchSize = size;
    }
    return this.scratchAt;
  }

  has(array: Int32Array | Uint8Array): boolean {
    return array.buffer === this.memory.buffer;
  }

  get left(): number {
    return this.bytes.length - this.top;
  }

  private get exceeded(): boolean {
    return this.top > this.bytes.length;
  }
}
