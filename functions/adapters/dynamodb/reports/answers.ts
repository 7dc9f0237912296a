import * as z from 'zod';
import { AgreementId, Instant } from '../../../../schemas/contracts/ids.ts';
import { nothingAsked } from '../../../reports/domain/asked.ts';
import type { Answers } from '../../../reports/ports.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';

/** What matters here of a lookup; the capability `lookup` owns the whole. */
const LookedUp = z.object({ agreementId: AgreementId, at: Instant, keys: z.int(), found: z.int() });

/** And of a comparison, which is `compare`'s. */
const Compared = z.object({
  agreementId: AgreementId,
  state: z.string(),
  finishedAt: Instant.optional(),
  rows: z.object({ read: z.int() }).optional(),
  result: z.object({ hits: z.int() }).optional(),
});

export const dynamoAnswers = (table: Table): Answers => ({
  async lookup(id) {
    const item = await readItem(table, keyOf.lookup(id));
    if (!item) return undefined;
    const { agreementId, at, keys, found } = fromItem(LookedUp, item);
    const figures = { ...nothingAsked, lookups: 1, keysLookedUp: keys, recordsShown: found };
    return { agreementId, at, figures, withheld: false };
  },

  async comparison(id) {
    const item = await readItem(table, keyOf.comparison(id));
    if (!item) return undefined;
    const { agreementId, state, finishedAt: at, rows, result } = fromItem(Compared, item);
    if (state !== 'done' || at === undefined || !rows) return undefined;
    const hits = result?.hits ?? 0;
    const figures = { ...nothingAsked, comparisons: 1, comparedRows: rows.read, comparisonHits: hits };
    return { agreementId, at, figures, withheld: !result };
  },
});
