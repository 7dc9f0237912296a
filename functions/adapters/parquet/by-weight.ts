interface Weighed {
  readonly weight: number;
}

/** Keeps what was used last, up to a weight; what is asked for while it is made is made once. */
export class ByWeight<T extends Weighed> {
  readonly #most: number;
  readonly #kept = new Map<string, T>();
  readonly #making = new Map<string, Promise<T>>();
  #weight = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get weight(): number {
    return this.#weight;
  }

  async get(key: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const making = this.#making.get(key) ?? this.#make(key, make);
    this.#making.set(key, making);
    return making;
  }

  async #make(key: string, make: () => Promise<T>): Promise<T> {
    try {
      const made = await make();
      this.#keep(key, made);
      return made;
    } finally {
      this.#making.delete(key);
    }
  }

  #keep(key: string, made: T): void {
    if (made.weight > this.#most) return;
    this.#kept.set(key, made);
    this.#weight += made.weight;
    for (const [oldest, { weight }] of this.#kept) {
      if (this.#weight <= this.#most) return;
      this.#kept.delete(oldest);
      this.#weight -= weight;
    }
  }
}
