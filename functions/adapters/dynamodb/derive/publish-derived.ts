import type { Lineage } from '../../../../schemas/contracts/derivations.ts';
import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { mark } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { put, putNew, type Write } from '../table/write.ts';

/** Beside a new version: where its fields come from, from where it is found, and that it is to be run. */
export function writeLineage(
  table: Table,
  { resourceId, version, definition, publishedAt }: ResourceVersion,
  lineage: Lineage,
): readonly Write[] {
  const read = new Set(Object.values(definition.derivation?.inputs ?? {}).map((input) => input.resourceId));
  return [
    putNew(
      table,
      toItem('lineage', keyOf.lineage(resourceId, version), {
        resourceId,
        resourceVersion: version,
        lineage: JSON.stringify(lineage),
      }),
    ),
    ...[...read].map((input) =>
      put(table, toItem('pointer', keyOf.derivedOf(input, resourceId), { derived: resourceId })),
    ),
    markDerive(table, resourceId, publishedAt),
  ];
}

/** It is to be seen by then whether it is made of what is in force. */
export const markDerive = (table: Table, resourceId: ResourceId, at: string): Write =>
  mark(table, 'derive', keyOf.derivation(resourceId), { resourceId }, at);
