/** What changes something; everything else only reads. */
const writes = new Set([
  'plan',
  'release',
  'annul',
  'noticed',
  'withdraw',
  'endRetention',
  'unmark',
  'report',
  'replace',
  'receive',
  'remember',
  'request',
  'postpone',
  'keep',
  'giveUp',
  'discard',
  'startDropping',
  'forget',
  'write',
  'close',
  'abort',
  'remove',
  'begin',
  'advance',
  'end',
  'send',
  'clearDataset',
  'clearAgreement',
  'announce',
  'finish',
  'lodge',
  'order',
  'tell',
  'rest',
  'wake',
  'heard',
  'put',
  'stage',
  'start',
]);

/** What is read one by one. */
const listings = new Set([
  'due',
  'ofAgreement',
  'retained',
  'awaiting',
  'news',
  'watchesOf',
  'ordersOf',
  'ordersBy',
  'changed',
]);

class Killed extends Error {}

export interface Life<P> {
  readonly ports: P;
  /** The process dies at its n-th write from now (from 1), before or after the write has its effect; nothing works until `revive`. */
  killAt(write: number, when: 'before' | 'after'): void;
  revive(): void;
  /** Writes so far, since the last `killAt` or `revive`. */
  readonly writes: () => number;
  /** Called before each port call: lets a test decide who goes first. */
  pauseWith(pause: ((call: string) => Promise<void>) | undefined): void;
}

/** Ports of a process that can be killed in the middle of anything. */
export function mortal<P extends Record<string, object>>(ports: P): Life<P> {
  let count = 0;
  let fatal: { write: number; when: 'before' | 'after' } | undefined;
  let dead = false;
  let pause: ((call: string) => Promise<void>) | undefined;

  const call = async (name: string, act: () => unknown): Promise<unknown> => {
    await pause?.(name);
    if (dead) throw new Killed();
    const isFatal = writes.has(name) && ++count === fatal?.write;
    if (isFatal && fatal?.when === 'before') dead = true;
    if (dead) throw new Killed();
    const result = await act();
    if (isFatal) dead = true;
    if (dead) throw new Killed();
    return result;
  };
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || typeof name !== 'string') return member;
        if (listings.has(name))
          return (...args: unknown[]) => alive(member.apply(target, args) as AsyncIterable<unknown>);
        if (name === 'open') return (...args: unknown[]) => wrap(member.apply(target, args) as object);
        return (...args: unknown[]) => call(name, () => member.apply(target, args));
      },
    });
  async function* alive(items: AsyncIterable<unknown>) {
    for await (const item of items) {
      if (dead) throw new Killed();
      yield item;
    }
  }
  return {
    ports: Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, wrap(port)])) as P,
    killAt(write, when) {
      count = 0;
      fatal = { write, when };
    },
    revive() {
      count = 0;
      fatal = undefined;
      dead = false;
    },
    writes: () => count,
    pauseWith: (next) => {
      pause = next;
    },
  };
}
