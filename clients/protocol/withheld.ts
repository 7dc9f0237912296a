import { isOver } from '../../functions/reading/agreement.ts';
import { isReplaced } from '../../functions/reading/delivery.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { RefusedError, type HubClient } from './hub-client.ts';

/** A content that can never be fetched again: an amendment replaced its terms, or they do not let it be kept any longer. */
export type Gone = 'replaced' | 'retention-over';
/** `suspended`: until the agreement is in force again · `ended`: nothing under it is given out any more. */
export type Withheld = 'suspended' | 'ended' | Gone;

/** The content will be there again once nobody suspends the agreement any more. */
export class SuspendedError extends Error {
  override readonly name = 'SuspendedError';
}

/**
 * Why a content was refused (PROTOCOL.md, Deliveries); undefined where asking again may help: another fault, an agreement
 * that is in force again meanwhile, or one whose last day has passed and that the hub has yet to end.
 */
export async function whyWithheld(
  hub: HubClient,
  delivery: Pick<Delivery, 'agreementId' | 'termsVersion'>,
  fault: unknown,
): Promise<Withheld | undefined> {
  if (!(fault instanceof RefusedError)) return undefined;
  const { code } = fault.problem;
  if (code === 'retention-over') return code;
  if (code !== 'agreement-not-active') return undefined;
  const agreement = await hub.get<Agreement>(`/v1/agreements/${delivery.agreementId}`);
  if (isOver(agreement)) return 'ended';
  if (isReplaced(delivery, agreement)) return 'replaced';
  return agreement.state === 'suspended' ? 'suspended' : undefined;
}
