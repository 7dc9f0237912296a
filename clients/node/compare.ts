import { setTimeout as pause } from 'node:timers/promises';
import type { AnnounceComparisonBody, Comparison } from '../../schemas/contracts/comparisons.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { routes } from '../protocol/routes.ts';
import { factsOf, putFile } from './file.ts';

type Announcement = Partial<AnnounceComparisonBody> & Pick<AnnounceComparisonBody, 'agreementId' | 'kind'>;

/** Announces a list and sends it. Answers the comparison's id. */
export async function sendList(hub: HubClient, file: string, announcement: Announcement): Promise<string> {
  const body = { ...announcement, ...(await factsOf(file)) };
  const { comparisonId, put } = await hub.call(routes.announceComparison, { body });
  await putFile(put, file);
  return comparisonId;
}

const UNDER_WAY: ReadonlySet<Comparison['state']> = new Set(['awaiting', 'awaiting-approval', 'received', 'running']);

export const hasEnded = ({ state }: Comparison): boolean => !UNDER_WAY.has(state);

export interface WaitOptions {
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  readonly onLook?: (comparison: Comparison) => void;
}

const LOOK_MS = 500;

/** Waits for the end of a comparison; as it is by then where it takes longer than that. */
export async function awaitEnd(
  hub: HubClient,
  comparisonId: string,
  { seconds = 120, signal, onLook }: WaitOptions = {},
): Promise<Comparison> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const comparison = await hub.call(routes.readComparison, { params: { comparisonId } });
    onLook?.(comparison);
    if (hasEnded(comparison) || performance.now() >= until) return comparison;
    await pause(LOOK_MS, undefined, signal && { signal });
  }
}
