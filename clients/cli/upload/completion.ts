import type { HubClient } from '../../protocol/hub-client.ts';
import { isRefusal, type RefusedError } from '../../protocol/refused.ts';
import { routes } from '../../protocol/routes.ts';

/**
 * Asks the hub to put the parts together; it alone knows which are there.
 * @returns numbers of parts that are not: the first ones, where there are many; none when it is done
 */
export async function complete(client: Pick<HubClient, 'call'>, uploadId: string): Promise<number[]> {
  try {
    await client.call(routes.completeUpload, { params: { uploadId } });
    return [];
  } catch (refusal) {
    if (isRefusal(refusal, 'parts-missing')) return missing(refusal);
    throw refusal;
  }
}

/** The detail names them: "3 of the declared parts have not arrived: 4, 5, 9. GET …". */
function missing(refusal: RefusedError): number[] {
  const numbers = /: (\d+(?:, \d+)*)/.exec(refusal.problem.detail)?.[1];
  if (numbers === undefined) throw refusal;
  return numbers.split(', ').map(Number);
}
