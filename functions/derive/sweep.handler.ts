import { sweepResources, type DueResources } from '../kernel/sweep-resources.ts';
import type { Marks } from './ports.ts';

export interface SweepPorts extends Omit<DueResources, 'marks'> {
  readonly marks: Pick<Marks, 'due' | 'mark'>;
}

/** Every minute: has run what its schedule says, and what a lost event, or an attempt that died, left behind. */
export const sweepHandler =
  ({ marks: { due, mark }, ...ports }: SweepPorts) =>
  (): Promise<void> =>
    sweepResources({ ...ports, marks: { due, postpone: mark } });
