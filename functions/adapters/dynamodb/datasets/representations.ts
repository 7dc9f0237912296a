import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { StoredRepresentation, type RepresentationIn } from '../../../../schemas/stored/datasets.ts';
import type { Representations } from '../../../datasets/represent/ports.ts';
import { newsOf } from '../compare/watch-marks.ts';
import { change, changeOf } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, putFenced, putNew, remove, update, type Write } from '../table/write.ts';

type Of = Pick<StoredRepresentation, 'resourceId' | 'datasetVersion'>;
const keyOfIt = ({ resourceId, datasetVersion }: Of) => keyOf.representation(resourceId, datasetVersion);
const itemOf = (representation: StoredRepresentation) =>
  toItem('representation', keyOfIt(representation), representation);

/** Beside the versions of the dataset that they are made of. */
export const dynamoRepresentations = (table: Table): Representations => ({
  list: (resourceId) => representationsOf(table, resourceId),

  put: async (next, was) =>
    (
      await commit(table, [
        was ? putFenced(table, itemOf(next), was) : putNew(table, itemOf(next)),
        ...(next.state === 'made' ? [newsOf(table, { resourceId: next.resourceId }, next.madeAt)] : []),
        ...(next.state === 'unfit' ? [newsOf(table, { resourceId: next.resourceId }, next.foundAt)] : []),
      ])
    ).committed,

  startDropping: (made) =>
    update(
      table,
      changeOf(table, keyOfIt(made), {
        set: { state: 'dropping' },
        when: '#state = :made AND #epoch = :epoch AND #holds = :none',
        values: { made: 'made', epoch: made.epoch, none: 0 },
      }),
    ),

  async forget({ state, epoch, ...of }) {
    await commit(table, [
      {
        Delete: {
          TableName: table.name,
          Key: keyOfIt(of),
          ConditionExpression: '#state = :state AND epoch = :epoch',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state, ':epoch': epoch },
        },
      },
    ]);
  },
});

async function representationsOf(table: Table, resourceId: ResourceId): Promise<readonly StoredRepresentation[]> {
  const found: StoredRepresentation[] = [];
  const from = { pk: keyOf.resource(resourceId).pk, prefix: 'REPRESENTATION#' };
  for await (const { item } of walk(table, { from })) found.push(fromItem(StoredRepresentation, item));
  return found;
}

/** Strongly consistent; undefined where there is none. */
export async function readRepresentation(
  table: Table,
  resourceId: ResourceId,
  datasetVersion: number,
): Promise<StoredRepresentation | undefined> {
  const item = await readItem(table, keyOf.representation(resourceId, datasetVersion));
  return item && fromItem(StoredRepresentation, item);
}

type Made = RepresentationIn<'made'>;

/** In the transaction of whoever is going to use it: it stays until all who hold it have let go. Fails where it is on its way out. */
export const holdRepresentation = (table: Table, made: Made, by: string): readonly Write[] => [
  putNew(
    table,
    toItem('representation-hold', keyOf.representationHold(made.resourceId, made.datasetVersion, by), { by }),
  ),
  change(table, keyOfIt(made), {
    add: { holds: 1 },
    when: '#state = :made AND #epoch = :epoch',
    values: { made: 'made', epoch: made.epoch },
  }),
];

/** Once it is not used any more; fails where it was let go before. */
export const releaseRepresentation = (table: Table, of: Of, by: string): readonly Write[] => [
  {
    Delete: {
      ...remove(table, keyOf.representationHold(of.resourceId, of.datasetVersion, by)).Delete!,
      ConditionExpression: 'attribute_exists(pk)',
    },
  },
  change(table, keyOfIt(of), { add: { holds: -1 } }),
];
