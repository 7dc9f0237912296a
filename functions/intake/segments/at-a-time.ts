/** Does something for each of many, so many side by side. */
export async function atATime<T>(most: number, all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += most) await Promise.all(all.slice(from, from + most).map(act));
}
