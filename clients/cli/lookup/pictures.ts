import type { LookupAnswer } from '../../../schemas/contracts/lookups.ts';
import { savePicture } from '../../node/attachments.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { RefusedError } from '../../protocol/refused.ts';
import { routes } from '../../protocol/routes.ts';

/** Saves the pictures that the records of an answer refer to; answers their files. One that was never uploaded is left out. */
export async function picturesOf(
  client: Pick<HubClient, 'call'>,
  answer: LookupAnswer,
  folder: string,
): Promise<readonly string[]> {
  const { lookupId, resourceId } = answer;
  const { definition } = await client.call(routes.readResource, { params: { resourceId } });
  const fields = definition.schema.fields.filter(({ reference }) => reference !== undefined);
  const results = 'results' in answer ? answer.results : [answer];
  const files: string[] = [];
  for (const { record } of results)
    for (const { name } of fields) {
      const reference = record?.[name];
      if (typeof reference === 'string') files.push(...(await saved(client, lookupId, reference, folder)));
    }
  return files;
}

async function saved(
  client: Pick<HubClient, 'call'>,
  lookupId: string,
  reference: string,
  folder: string,
): Promise<readonly string[]> {
  try {
    const content = await client.call(routes.readLookupAttachment, { params: { lookupId, reference } });
    return [await savePicture(content, reference, folder)];
  } catch (refusal) {
    // What a mask makes of a name is no reference.
    if (refusal instanceof RefusedError && (refusal.problem.status === 404 || refusal.problem.status === 400))
      return [];
    throw refusal;
  }
}
