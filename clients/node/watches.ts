import type { LodgedList } from '../../schemas/contracts/watches.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { routes } from '../protocol/routes.ts';
import { factsOf, putFile } from './file.ts';

interface Lodging extends Partial<LodgedList> {
  readonly agreementId: string;
}

/** Lodges a list of keys and sends it. Answers the watch's id. */
export async function lodgeList(hub: HubClient, file: string, { agreementId, ...list }: Lodging): Promise<string> {
  const body = { agreementId: agreementId as never, list: { ...list, ...(await factsOf(file)) } };
  const { watchId, put } = await hub.call(routes.lodgeKeys, { body });
  if (put) await putFile(put, file);
  return watchId;
}
