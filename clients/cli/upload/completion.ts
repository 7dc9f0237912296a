import { RefusedError, type HubClient } from '../../protocol/hub-client.ts';

/**
 * Asks the hub to put the parts together; it alone knows which are there.
 * @returns numbers of parts that are not: the first ones, where there are many; none when it is done
 */
export async function complete(client: Pick<HubClient, 'post'>, uploadId: string): Promise<number[]> {
  try {
    await client.post(`/v1/uploads/${uploadId}/completion`);
    return [];
  } catch (refusal) {
    if (refusal instanceof RefusedError && refusal.problem.code === 'parts-missing') return missing(refusal);
    throw refusal;
  }
}

/** The detail names them: "3 of the declared parts have not arrived: 4, 5, 9. GET …". */
function missing(refusal: RefusedError): number[] {
  const numbers = /: (\d+(?:, \d+)*)/.exec(refusal.problem.detail)?.[1];
  if (numbers === undefined) throw refusal;
  return numbers.split(', ').map(Number);
}
