import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import { each } from '../../functions/kernel/each.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { aDefinition } from '../support/builders.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';

const definition = aDefinition({
  provider: 'quality',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'string', constraints: { required: true } },
      { name: 'amount', type: 'integer' },
    ],
  },
} as never);

const isOver = ({ state }: Upload) => state === 'accepted' || state === 'refused';

/** Many times what would end a chain. */
const CALLS = 70;

/**
 * Calls, each of which waits for the one before it; Lambda ends a chain of requests that has passed one function
 * about 16 times.
 */
export async function recordsAtOnce({ hub, city }: Place): Promise<void> {
  const quality = city.as('quality');
  await city.publish('quality', 'live', definition);
  const calls = Array.from({ length: CALLS }, (_, n) => ({ records: [{ code: `C${n % 7}`, amount: n }] }));
  await each(calls, 4, (call) =>
    quality.call(routes.postRecords, { params: { resourceId: 'live' }, body: call }).then(() => undefined),
  );
  const list = () => quality.call(routes.listUploads, { query: { resourceId: 'live', limit: 100 } });
  const { items } = await eventually(list, (page) => page.items.every(isOver));
  const inOrder = items.toSorted((a, b) => a.sequence - b.sequence);
  expect(inOrder.map(({ state, datasetVersion }) => [state, datasetVersion])).toEqual(
    calls.map((_, index) => ['accepted', index + 1]),
  );
  expect(await hub.functionLogs()).not.toContain('RecursiveInvocationException');
}
