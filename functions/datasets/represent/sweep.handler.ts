import { sweepResources, type DueResources } from '../../kernel/sweep-resources.ts';

/** Every minute: has looked at what a lost event left, what an attempt that died began, and what is left over by now. */
export const sweepHandler = (ports: DueResources) => (): Promise<void> => sweepResources(ports);
