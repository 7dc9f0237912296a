import * as z from 'zod';
import { Evidence } from '../../../../schemas/contracts/evidence.ts';
import { DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import { ExchangeFigures } from '../../../../schemas/contracts/reports.ts';
import { valueOf, type Counter } from '../../../reports/domain/counters.ts';
import type { Counters } from '../../../reports/ports.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { due, walk } from '../table/walk.ts';
import { commit, type Write } from '../table/write.ts';
import { addUse } from './usage.ts';

const PlaceItem = z.object({
  provider: DepartmentId.optional(),
  consumer: DepartmentId.optional(),
  resourceId: ResourceId.optional(),
  theme: z.string().optional(),
  rule: z.string().optional(),
});
const FiguresItem = z.object(ExchangeFigures.partial().extend({ violations: z.int().optional() }).shape);

export const dynamoCounters = (table: Table): Counters => ({
  async *uncounted(until) {
    for await (const item of due(table, 'COUNT', until)) yield fromItem(Evidence, item);
  },

  async add({ evidence, counters, uses }) {
    const result = await commit(table, [
      ...evidence.map((id) => takeMark(table, id)),
      ...[...counters.values()].map((counter) => addTo(table, counter)),
      ...[...uses.values()].map((use) => addUse(table, use)),
    ]);
    return result.committed ? [] : result.failed.flatMap((position) => evidence[position] ?? []);
  },

  async of(scope, month, by) {
    const { pk } = keyOf.counter(scope, month, by, '');
    const found: Counter[] = [];
    for await (const { item } of walk(table, { from: { pk, prefix: 'OF#' } })) {
      found.push({ scope, month, by, place: fromItem(PlaceItem, item), figures: fromItem(FiguresItem, item) });
    }
    return found;
  },
});

/** Fails where it carries none: somebody has counted it. */
const takeMark = (table: Table, id: Evidence['evidenceId']): Write => ({
  Update: {
    TableName: table.name,
    Key: keyOf.evidence(id),
    UpdateExpression: 'REMOVE duePk, dueSk',
    ConditionExpression: 'duePk = :count',
    ExpressionAttributeValues: { ':count': 'COUNT' },
  },
});

/** Makes the counter where it is the first that is added; figures and places are aliased, as some are reserved words. */
function addTo(table: Table, counter: Counter): Write {
  const place = Object.entries(counter.place).filter(([, value]) => value !== undefined);
  const figures = Object.entries(counter.figures);
  const set = [['kind', 'counter'] as const, ...place];
  const entries = [...set, ...figures];
  return {
    Update: {
      TableName: table.name,
      Key: keyOf.counter(counter.scope, counter.month, counter.by, valueOf(counter)),
      UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')} ADD ${figures.map(([name]) => `#${name} :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
    },
  };
}
