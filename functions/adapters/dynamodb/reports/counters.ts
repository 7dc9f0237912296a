import * as z from 'zod';
import { Evidence } from '../../../../schemas/contracts/evidence.ts';
import { DepartmentId, EvidenceId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import { ExchangeFigures } from '../../../../schemas/contracts/reports.ts';
import { ComparisonKind } from '../../../../schemas/contracts/terms.ts';
import { valueOf, type Counter } from '../../../reports/domain/counter.ts';
import { inOrder } from '../../../kernel/each.ts';
import type { Counters } from '../../../reports/ports.ts';
import { change } from '../table/change.ts';
import { isMarked, marked, unmark } from '../table/due.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, type Write } from '../table/write.ts';
import { addAsked, addUse } from './usage.ts';

/** They go to the table together. */
const READS_AT_ONCE = 50;

const PlaceItem = z.object({
  provider: DepartmentId.optional(),
  consumer: DepartmentId.optional(),
  resourceId: ResourceId.optional(),
  theme: z.string().optional(),
  rule: z.string().optional(),
  reason: z.string().optional(),
  comparisonKind: ComparisonKind.optional(),
});
const FiguresItem = z.object(ExchangeFigures.partial().extend({ violations: z.int().optional() }).shape);

export const dynamoCounters = (table: Table): Counters => ({
  async *uncounted(until) {
    const read = ({ evidenceId }: Item) => readItem(table, keyOf.evidence(EvidenceId.parse(evidenceId)));
    for await (const [, item] of inOrder(marked(table, 'count', until), READS_AT_ONCE, read))
      if (item) yield fromItem(Evidence, item);
  },

  async add({ evidence, counters, uses, asked }) {
    const result = await commit(table, [
      // Where it has no mark somebody has counted it.
      ...evidence.map((id) => unmark(table, 'count', keyOf.evidence(id), isMarked)),
      ...[...counters.values()].map((counter) => addTo(table, counter)),
      ...[...uses.values()].map((use) => addUse(table, use)),
      ...[...asked.values()].map((item) => addAsked(table, item)),
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

/** Makes the counter where it is the first that is added. */
const addTo = (table: Table, counter: Counter): Write =>
  change(table, keyOf.counter(counter.scope, counter.month, counter.by, valueOf(counter)), {
    set: { kind: 'counter', ...counter.place },
    add: counter.figures,
  });
