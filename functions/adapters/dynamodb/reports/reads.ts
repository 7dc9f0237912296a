import * as z from 'zod';
import { AgreementState } from '../../../../schemas/contracts/agreements.ts';
import { DepartmentId, type AgreementId, type ResourceId } from '../../../../schemas/contracts/ids.ts';
import { AgreementItem, AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import type { ResourceFacts } from '../../../reports/domain/counters.ts';
import type { Agreements, Catalog, Party } from '../../../reports/ports.ts';
import { ALL_AGREEMENTS, listedKey, LISTED_AGREEMENTS } from '../agreements/items.ts';
import { readAgreement } from '../agreements/read.ts';
import { readResourceVersion } from '../catalog/resources.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { pageOf, walk, type Listing } from '../table/walk.ts';

/** No more of an agreement's summary than is counted. */
const Standing = z.object({
  summary: z.object({ state: AgreementState, provider: DepartmentId, consumer: DepartmentId }),
});

/** Everybody's by an index, a moment behind; a department's own by its pointers, strongly. */
export const dynamoReportedAgreements = (table: Table): Agreements => ({
  find: async (id) => (await readAgreement(table, id))?.value,

  async *standings(of) {
    // Summaries are small: of thousands of agreements a report reads no terms.
    const from = of === 'all' ? { list: LISTED_AGREEMENTS, keyOf: listedKey } : listingOf(of).from;
    for await (const { item } of walk(table, { from })) yield fromItem(Standing, item).summary;
  },

  page: (of, page) =>
    pageOf(table, listingOf(of), page, async (item) =>
      of === 'all'
        ? fromItem(AgreementItem, item)
        : (await readAgreement(table, fromItem(AgreementPointer, item).agreementId))?.value,
    ),
});

const listingOf = (of: Party): Listing => ({
  from:
    of === 'all'
      ? { list: ALL_AGREEMENTS, keyOf: (position) => keyOf.agreement(position as AgreementId) }
      : { pk: `PARTY#${of}`, prefix: 'AGREEMENT#' },
});

/** Published versions never change, so each is read once by a function, however much was exchanged of it. */
export function dynamoReportedCatalog(table: Table): Catalog {
  const known = new Map<string, ResourceFacts>();
  return {
    async facts(id: ResourceId, version) {
      const name = `${id} ${version}`;
      const there = known.get(name);
      if (there) return there;
      const published = await readResourceVersion(table, id, version);
      if (!published) return undefined;
      const facts = { provider: published.provider, themes: published.definition.themes };
      known.set(name, facts);
      return facts;
    },
  };
}
