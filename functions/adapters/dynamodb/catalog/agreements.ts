import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { BreakingMark } from '../../../../schemas/stored/catalog.ts';
import type { ResourceAgreements } from '../../../catalog/ports.ts';
import { isOver } from '../../../reading/agreement.ts';
import { agreementsOnResource } from '../agreements/read.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { putNew, type Write } from '../table/write.ts';

export const dynamoResourceAgreements = (table: Table): ResourceAgreements => ({
  async notOver(id) {
    const found: Agreement[] = [];
    for await (const agreement of agreementsOnResource(table, id)) {
      if (!isOver(agreement)) found.push(agreement);
    }
    return found;
  },
});

/** Agreements of one item: with an id and two numbers each, and all names that a mark may have, well below 400 KB. */
const AGREEMENTS_A_MARK = 1000;

/**
 * Found by the agreements' clock, which tells each agreement and then takes the mark away. Whoever proposes agreements, and
 * however many, keeps no provider from publishing: some 40,000 fit in the publication's transaction (4 MB).
 */
export const writeBreakingMark = (table: Table, mark: BreakingMark, at: string): readonly Write[] =>
  partsOf(mark).map((part) =>
    putNew(
      table,
      toItem('breaking', keyOf.breaking(part.resourceId, part.resourceVersion, part.part), part, {
        due: { partition: 'BREAKING', at },
      }),
    ),
  );

function partsOf({ affected, repaired = [], ...about }: BreakingMark): readonly BreakingMark[] {
  const parts = Math.ceil(Math.max(affected.length, repaired.length) / AGREEMENTS_A_MARK);
  return Array.from({ length: parts }, (_, index) => {
    const [from, to] = [index * AGREEMENTS_A_MARK, (index + 1) * AGREEMENTS_A_MARK];
    const ofThese = repaired.slice(from, to);
    return {
      ...about,
      affected: affected.slice(from, to),
      ...(ofThese.length > 0 && { repaired: ofThese }),
      ...(index > 0 && { part: index + 1 }),
    };
  });
}
