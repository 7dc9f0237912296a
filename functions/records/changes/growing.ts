type Numbers = Uint32Array | Float64Array;

/** A list of numbers that takes no more memory than its kind needs, once doubled. */
export class Growing<T extends Numbers> {
  length = 0;
  private readonly make: (length: number) => T;
  private numbers: T;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.numbers = make(1024);
  }

  /** 0 where nothing was put. */
  at(index: number): number {
    return this.numbers[index] ?? 0;
  }

  set(index: number, value: number): void {
    while (index >= this.numbers.length) {
      const larger = this.make(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[index] = value;
    this.length = Math.max(this.length, index + 1);
  }

  push(value: number): void {
    this.set(this.length, value);
  }
}

export const whole = (): Growing<Uint32Array> => new Growing((length) => new Uint32Array(length));
export const wide = (): Growing<Float64Array> => new Growing((length) => new Float64Array(length));
