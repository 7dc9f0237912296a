/** Whether this is `npm run test:long` (jest.long.config.js). */
export const isLong: boolean = Reflect.get(globalThis, 'isLong') === true;

/** How many runs or cases a search has: as many as every change can wait for, or all of a long search. */
export const searched = (usual: number, long: number): number => (isLong ? long : usual);
