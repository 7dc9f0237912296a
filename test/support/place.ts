import { afterAll, beforeAll } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { assemblyWith } from './assembly.ts';
import { City } from './city.ts';
import { startHub, type RunningHub } from './hub.ts';

/** A running hub and the people of its departments. Both are there from the first test on. */
export interface Place {
  readonly hub: RunningHub;
  readonly city: City;
}

/**
 * One hub for all tests of a file, and for the stories that it has from other modules. They run in any order: each has
 * resources of its own and takes all that is delivered to its departments. Of those side by side no two share a consumer.
 * Schedules fire when a story moves the clock: each minute would start a process of every sweeper.
 * @param numbers settings of functions that are others than the app's
 */
export function aPlace(numbers?: Readonly<Record<string, number>>): Place {
  let hub: RunningHub | undefined;
  let city: City | undefined;
  let assembly: string | undefined;
  beforeAll(async () => {
    assembly = numbers && (await assemblyWith(numbers));
    hub = await startHub({ ticking: false, ...(assembly !== undefined && { assembly }) });
    city = await City.of(hub);
  });
  afterAll(async () => {
    await city?.leave();
    await hub?.stop();
    if (assembly !== undefined) await rm(assembly, { recursive: true });
  });
  const begun = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the hub is there when the first test begins, not before');
    return part;
  };
  return {
    get hub() {
      return begun(hub);
    },
    get city() {
      return begun(city);
    },
  };
}

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

/** The day in the hub's time zone by the hub's clock, or so many days later. */
export async function today({ hub }: Place, later = 0): Promise<string> {
  return new Date((await hub.now()).getTime() + CHINA_MS + later * DAY_MS).toISOString().slice(0, 10);
}
