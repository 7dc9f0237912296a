/**
 * What parts on their way may hold together, of all objects that a process writes: three of 5 MiB, two of 8 MiB. So many fill
 * a function's line to S3: at 90 MB/s a part of 5 MiB takes 58 ms, and its answer 40 to 120 ms more.
 */
const IN_FLIGHT_BYTES = 16 * 1024 ** 2;

/** Shared by objects that are written at the same time. */
export interface Room {
  readonly bytes: number;
  /** Of parts on their way. */
  taken: number;
}

export const roomFor = (bytes: number): Room => ({ bytes, taken: 0 });

export const ofThisProcess = roomFor(IN_FLIGHT_BYTES);

/**
 * The parts of one object that are on their way, side by side as far as there is room, and one even where there is none, so
 * that no object waits for another. The first that fails ends the others and all that come after; its fault is what the
 * caller meets, whatever it does next.
 */
export class PartsInFlight {
  readonly #room: Room;
  readonly #flying = new Set<Promise<void>>();
  readonly #ending = new AbortController();

  constructor(room: Room) {
    this.#room = room;
  }

  /** @throws the fault that ended the parts. */
  mustGoOn(): void {
    this.#ending.signal.throwIfAborted();
  }

  /** Waits until there is room for the part; `send` is told when it may stop. @throws the fault that ended the parts. */
  async begin(bytes: number, send: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (this.#flying.size > 0 && this.#room.taken + bytes > this.#room.bytes) await Promise.race(this.#flying);
    this.mustGoOn();
    this.#room.taken += bytes;
    const flight = send(this.#ending.signal)
      .catch((fault: unknown) => this.#ending.abort(fault))
      .finally(() => {
        this.#room.taken -= bytes;
        this.#flying.delete(flight);
      });
    this.#flying.add(flight);
  }

  /** Until all have arrived. @throws the fault that ended the parts. */
  async arrived(): Promise<void> {
    await Promise.all(this.#flying);
    this.mustGoOn();
  }

  /** Breaks off those on their way; done when none is. */
  async end(): Promise<void> {
    this.#ending.abort(new Error('the object was given up'));
    await Promise.all(this.#flying);
  }
}
