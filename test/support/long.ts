/** Whether this is `npm run test:long` (jest.long.config.js). */
export const isLong: boolean = Reflect.get(globalThis, 'isLong') === true;

/** How many runs or cases a search has: as many as every change can wait for, or all of a long search. */
export const searched = (usual: number, long: number): number => (isLong ? long : usual);

/** When a process dies, beside which of its writes. */
export type Death = 'before' | 'after';

/** Little happens between two writes: usually what is before one is tried as what is after the one ahead of it. */
export const deathsAt = (write: number): readonly Death[] => (isLong || write === 1 ? ['before', 'after'] : ['after']);
