import * as z from 'zod';
import { AgreementId } from '../../../../schemas/contracts/ids.ts';
import { BreakingMark } from '../../../../schemas/stored/catalog.ts';
import type { BreakingMarks, Ticks } from '../../../agreements/ports.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { due } from '../table/walk.ts';
import { commit } from '../table/write.ts';

const ClockItem = z.object({ agreementId: AgreementId });

export const dynamoTicks = (table: Table): Ticks => ({
  async *due(until) {
    for await (const item of due(table, 'CLOCK', until)) yield fromItem(ClockItem, item).agreementId;
  },
});

/** The publication of a resource version wrote them, in its own transaction. */
export const dynamoBreakingMarks = (table: Table): BreakingMarks => ({
  async *due(until) {
    for await (const item of due(table, 'BREAKING', until)) yield fromItem(BreakingMark, item);
  },
  async forget({ resourceId, resourceVersion, part }) {
    const Key = keyOf.breaking(resourceId, resourceVersion, part);
    await commit(table, [{ Delete: { TableName: table.name, Key } }]);
  },
});
