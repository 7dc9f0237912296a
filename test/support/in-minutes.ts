import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './place.ts';

/** Moves time on, a minute at a time, until something is so: sweepers run every minute. */
export async function inMinutes<T>({ hub }: Place, ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (let minutes = 0; minutes < 40; minutes++) {
    const value = await ask();
    if (wanted(value)) return value;
    await hub.advance(60);
    await pause(500);
  }
  throw new Error(`never so: ${JSON.stringify(await ask())}`);
}
