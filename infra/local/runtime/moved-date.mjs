/**
 * Makes `Date` of this process run ahead of real time by what `offset` says. `new Date()`, `Date()` and `Date.now()`
 * follow; timers do not, as in a process whose machine's clock was set.
 * @param {() => number} offset in milliseconds
 */
export function moveDate(offset) {
  const Original = Date;
  const realNow = Original.now.bind(Original);
  const now = () => realNow() + offset();
  Original.now = now;
  globalThis.Date = new Proxy(Original, {
    construct: (target, args, newTarget) =>
      /** @type {Date} */ (Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget)),
    apply: (target) => new target(now()).toString(),
  });
  // `date.constructor` is what libraries call to copy a date.
  Original.prototype.constructor = globalThis.Date;
}
