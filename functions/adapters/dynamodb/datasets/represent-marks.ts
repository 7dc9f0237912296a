import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import type { RepresentMarks } from '../../../datasets/represent/ports.ts';
import { mark, markedIds, postpone, unmark } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { commit, type Write } from '../table/write.ts';
import { after } from '../../../kernel/time.ts';

/** Seconds after which a change whose event was lost is looked at. */
const UNSEEN_SECONDS = 60;

type Seen = Pick<ResourceHead, 'resourceId' | 'datasetVersion'> & { readonly resourceVersion: number };

/** Beside the change of the newest dataset, or of the newest definition: what is represented may have to be another. */
export const markRepresent = (table: Table, seen: Seen, at: string): Write =>
  mark(table, 'represent', keyOf.resource(seen.resourceId), seen, after(at, { seconds: UNSEEN_SECONDS }));

export const dynamoRepresentMarks = (table: Table): RepresentMarks => ({
  due: (until) => markedIds(table, 'represent', 'resourceId', until),
  async postpone(resourceId, at) {
    await postpone(table, 'represent', keyOf.resource(resourceId), at);
  },
  async clear({ resourceId, datasetVersion, latestVersion }) {
    await commit(table, [
      unmark(table, 'represent', keyOf.resource(resourceId), {
        ConditionExpression: 'datasetVersion <= :dataset AND resourceVersion <= :resource',
        ExpressionAttributeValues: { ':dataset': datasetVersion, ':resource': latestVersion },
      }),
    ]);
  },
});
