import type { LodgedList } from '../../schemas/contracts/watches.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { routes } from '../protocol/routes.ts';
import { factsOf, putFile } from './file.ts';

interface Lodging extends Partial<LodgedList> {
  readonly agreementId: string;
}

/** Lodges a list of keys and sends it. Answers the watch's id. */
export async function lodgeList(
  hub: HubClient,
  file: string,
  { agreementId, ...list }: Lodging,
  idempotencyKey?: string,
): Promise<string> {
  const body = { agreementId: agreementId as never, list: { ...list, ...(await factsOf(file)) } };
  const sent = { body, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  const { watchId, put } = await hub.call(routes.lodgeKeys, sent);
  if (put) await putFile(put, file);
  return watchId;
}
