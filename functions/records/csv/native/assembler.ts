/**
 * WebAssembly from nested lists in the folded form of its text format: `['i32.add', ['get', 'i'], 1]`. A number is an
 * `i32.const`. It knows as much of the language (https://webassembly.github.io/spec/core/) as three programs need.
 */
export type Code = number | readonly [string, ...(string | Code)[]];
export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';
/** What a program may work in: the memory of a window, and that of keys, which is shared so that it can grow under views of it. */
export type MemoryName = 'memory' | 'keys';

/** A function of i32 parameters with an i32 result. */
export interface WasmFunction {
  readonly name: string;
  /** `memory` alone if left out. Of two, operators on the second have its name in front: `keys.i32.load`. */
  readonly memories?: readonly MemoryName[];
  readonly parameters: readonly string[];
  readonly locals: Readonly<Record<string, ValueType>>;
  readonly body: readonly Code[];
}

const VALUE_TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };
/** `\0asm`, version 1. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const EMPTY_BLOCK = 0x40;
/** Beside the alignment: the number of a memory follows. */
const WITH_INDEX = 0x40;
const END = 0x0b;

/** Pages of 64 KiB that keys may take at most: 1.5 GiB. */
export const MOST_KEY_PAGES = 24 * 1024;
/** Least pages, for shared memory also the most. */
const LIMITS: Readonly<Record<MemoryName, readonly number[]>> = {
  memory: [0, 1],
  keys: [3, 1, ...unsigned(MOST_KEY_PAGES)],
};

/** Opcodes that stand behind their operands. */
const OPERATORS: Readonly<Record<string, readonly number[]>> = {
  return: [0x0f],
  'i32.eqz': [0x45],
  'i32.eq': [0x46],
  'i32.ne': [0x47],
  'i32.lt_s': [0x48],
  'i32.lt_u': [0x49],
  'i32.gt_s': [0x4a],
  'i32.gt_u': [0x4b],
  'i32.le_s': [0x4c],
  'i32.le_u': [0x4d],
  'i32.ge_s': [0x4e],
  'i32.ge_u': [0x4f],
  'f64.gt': [0x64],
  'f64.lt': [0x63],
  'f64.le': [0x65],
  'f64.ge': [0x66],
  'i32.ctz': [0x68],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.div_u': [0x6e],
  'i32.rem_u': [0x70],
  'i32.and': [0x71],
  'i32.or': [0x72],
  'i32.xor': [0x73],
  'i32.shl': [0x74],
  'i32.shr_u': [0x76],
  'i32.rotl': [0x77],
  'i64.ctz': [0x7a],
  'i64.sub': [0x7d],
  'i64.mul': [0x7e],
  'i64.and': [0x83],
  'i64.or': [0x84],
  'i64.shl': [0x86],
  'i64.shr_u': [0x88],
  'i32.wrap_i64': [0xa7],
  'i64.extend_i32_u': [0xad],
  'memory.copy': [0xfc, 0x0a, 0, 0],
  'memory.fill': [0xfc, 0x0b, 0],
  'keys.memory.copy': [0xfc, 0x0a, 1, 1],
  'f64.neg': [0x9a],
  'f64.add': [0xa0],
  'f64.sub': [0xa1],
  'f64.mul': [0xa2],
  'f64.div': [0xa3],
  'f64.convert_i32_s': [0xb7],
  'i8x16.swizzle': [0xfd, 0x0e],
  'i8x16.splat': [0xfd, 0x0f],
  'i8x16.eq': [0xfd, 0x23],
  'i8x16.le_u': [0xfd, 0x2a],
  'i8x16.all_true': [0xfd, 0x63],
  'i8x16.add': [0xfd, 0x6e],
  'i8x16.sub': [0xfd, 0x71],
  'i16x8.extend_low_i8x16_s': [0xfd, 0x87, 0x01],
  'i16x8.extend_high_i8x16_s': [0xfd, 0x88, 0x01],
  'i32x4.extend_low_i16x8_s': [0xfd, 0xa7, 0x01],
  'i32x4.extend_high_i16x8_s': [0xfd, 0xa8, 0x01],
  'v128.and': [0xfd, 0x4e],
  'v128.or': [0xfd, 0x50],
  'v128.xor': [0xfd, 0x51],
  'v128.bitselect': [0xfd, 0x52],
  'v128.any_true': [0xfd, 0x53],
  'i32x4.splat': [0xfd, 0x11],
  'i32x4.eq': [0xfd, 0x37],
  'i32x4.lt_u': [0xfd, 0x3a],
  'i32x4.gt_s': [0xfd, 0x3b],
  'i32x4.all_true': [0xfd, 0xa3, 0x01],
  'i32x4.bitmask': [0xfd, 0xa4, 0x01],
  'i32x4.shl': [0xfd, 0xab, 0x01],
  'i32x4.shr_u': [0xfd, 0xad, 0x01],
  'i32x4.add': [0xfd, 0xae, 0x01],
  'i32x4.sub': [0xfd, 0xb1, 0x01],
  'i8x16.bitmask': [0xfd, 0x64],
  'i16x8.splat': [0xfd, 0x10],
  'i16x8.shl': [0xfd, 0x8b, 0x01],
  'i16x8.shr_u': [0xfd, 0x8d, 0x01],
  'i16x8.sub': [0xfd, 0x91, 0x01],
  'i16x8.mul': [0xfd, 0x95, 0x01],
  'i32x4.dot_i16x8_s': [0xfd, 0xba, 0x01],
};

/** Their last member is a lane. */
const LANES: Readonly<Record<string, readonly number[]>> = {
  'i64x2.extract_lane': [0xfd, 0x1d],
  'i32x4.extract_lane': [0xfd, 0x1b],
  'i32x4.replace_lane': [0xfd, 0x1c],
};

/** Opcode and alignment of loads and stores; their last member is an offset. */
const MEMORY: Readonly<Record<string, readonly [readonly number[], number]>> = {
  'i32.load': [[0x28], 2],
  'f64.load': [[0x2b], 3],
  'i32.load8_u': [[0x2d], 0],
  'i32.load16_u': [[0x2f], 1],
  'i32.store': [[0x36], 2],
  'i32.store8': [[0x3a], 0],
  'i64.store': [[0x37], 3],
  'v128.load': [[0xfd, 0x00], 0],
  'v128.store': [[0xfd, 0x0b], 0],
};

const SECOND = 'keys.';

/** A module that imports its memories, as `js.memory` and `js.keys`, and exports the function. */
export function assemble(func: WasmFunction): Uint8Array<ArrayBuffer> {
  const memories = func.memories ?? ['memory'];
  const locals = vector(Object.values(func.locals).map((type) => [1, VALUE_TYPES[type]]));
  const body = [...locals, ...new Assembler(func).all(func.body, []), END];
  return Uint8Array.from([
    ...MAGIC,
    ...section(1, vector([[0x60, ...vector(func.parameters.map(() => [VALUE_TYPES.i32])), 1, VALUE_TYPES.i32]])),
    ...section(2, vector(memories.map((memory) => [...name('js'), ...name(memory), 2, ...LIMITS[memory]]))),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...name(func.name), 0, 0]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}

class Assembler {
  private readonly locals: readonly string[];

  constructor({ parameters, locals }: WasmFunction) {
    this.locals = [...parameters, ...Object.keys(locals)];
  }

  /** @param labels of the blocks around, the innermost last. */
  all(codes: readonly (string | Code)[], labels: readonly string[]): number[] {
    return codes.flatMap((code) => this.one(code, labels));
  }

  private one(code: string | Code, labels: readonly string[]): number[] {
    if (typeof code === 'number') return [0x41, ...signed(code)];
    if (typeof code === 'string') throw new Error(`${code} stands where code was expected`);
    const [operator, ...rest] = code;
    const [first = '', ...others] = rest;
    switch (operator) {
      case 'f64':
        return [0x44, ...new Uint8Array(Float64Array.of(Number(first)).buffer)];
      case 'i64':
        return [0x42, ...signed64(BigInt(String(first)))];
      case 'get':
        return [0x20, ...this.local(first)];
      case 'set':
        return [...this.all(others, labels), 0x21, ...this.local(first)];
      case 'block':
        return [0x02, EMPTY_BLOCK, ...this.all(others, [...labels, String(first)]), END];
      case 'loop':
        return [0x03, EMPTY_BLOCK, ...this.all(others, [...labels, String(first)]), END];
      case 'when':
        return [...this.one(first, labels), 0x04, EMPTY_BLOCK, ...this.all(others, [...labels, '']), END];
      case 'br':
        return [0x0c, ...depth(first, labels)];
      case 'br_if':
        return [...this.all(others, labels), 0x0d, ...depth(first, labels)];
      case 'br_table': {
        const targets = others.map((label) => depth(label, labels));
        return [...this.one(first, labels), 0x0e, ...vector(targets.slice(0, -1)), ...(targets.at(-1) ?? [])];
      }
      case 'i8x16.shuffle':
        return [...this.all(rest.slice(0, 2), labels), 0xfd, 0x0d, ...rest.slice(2).map(Number)];
      default:
        return this.operation(operator, rest, labels);
    }
  }

  private operation(operator: string, operands: readonly (string | Code)[], labels: readonly string[]): number[] {
    const second = operator.startsWith(SECOND);
    const access = MEMORY[second ? operator.slice(SECOND.length) : operator];
    if (access)
      return [
        ...this.all(operands.slice(0, -1), labels),
        ...access[0],
        ...(second ? [access[1] | WITH_INDEX, 1] : [access[1]]),
        ...unsigned(Number(operands.at(-1))),
      ];
    const withLane = LANES[operator];
    if (withLane) return [...this.all(operands.slice(0, -1), labels), ...withLane, Number(operands.at(-1))];
    const opcode = OPERATORS[operator];
    if (!opcode) throw new Error(`no operator ${operator}`);
    return [...this.all(operands, labels), ...opcode];
  }

  private local(local: string | Code): number[] {
    const index = this.locals.indexOf(String(local));
    if (index < 0) throw new Error(`no local ${String(local)}`);
    return unsigned(index);
  }
}

function depth(label: string | Code, labels: readonly string[]): number[] {
  const index = labels.lastIndexOf(String(label));
  if (index < 0) throw new Error(`no label ${String(label)}`);
  return unsigned(labels.length - 1 - index);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const last = rest === (low & 0x40 ? -1 : 0);
  return last ? [low] : [low | 0x80, ...signed(rest)];
}

function signed64(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  return rest === (low & 0x40 ? -1n : 0n) ? [low] : [low | 0x80, ...signed64(rest)];
}

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const name = (text: string): number[] => vector(Array.from(Buffer.from(text), (byte) => [byte]));
