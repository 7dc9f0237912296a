import type { Agreement, AgreementQuery, AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import type { Agreements } from '../../../functions/agreements/ports.ts';
import type { Revised } from '../../../functions/adapters/dynamodb/table.ts';
import { memoryJournal, type Journal } from './kernel.ts';
import { memoryPage } from './pages.ts';

export interface MemoryAgreements extends Agreements {
  /** By id, with the revision of a stored item and the moment at which a sweeper would look at it. */
  readonly items: ReadonlyMap<string, Revised<Agreement> & { readonly lookAgainAt: string | undefined }>;
  /** Puts an agreement there as it is. */
  give(agreement: Agreement): void;
}

export function memoryAgreements(journal: Journal = memoryJournal()): MemoryAgreements {
  const items = new Map<string, Revised<Agreement> & { readonly lookAgainAt: string | undefined }>();
  const put = (value: Agreement, revision: number, lookAgainAt?: string) =>
    items.set(value.agreementId, { value: structuredClone(value), revision, lookAgainAt });
  const list = (query: AgreementQuery, mine: (agreement: Agreement) => boolean) => {
    const ordered = [...items.values()]
      .map(({ value }) => value)
      .sort((a, b) => (a.agreementId < b.agreementId ? -1 : 1));
    return memoryPage(
      ordered,
      ({ agreementId }) => agreementId,
      query,
      (agreement) => (mine(agreement) && wanted(agreement, query) ? summaryOf(agreement) : undefined),
    );
  };
  return {
    items,
    give: (agreement) => void put(agreement, 1),
    find: async (id) => items.get(id),
    add: async ({ agreement, evidence, answer }) =>
      !items.has(agreement.agreementId) && journal.commit(() => put(agreement, 1), evidence, answer),
    replace: async ({ agreement, evidence, answer, lookAgainAt }, revision) =>
      items.get(agreement.agreementId)?.revision === revision &&
      journal.commit(() => put(agreement, revision + 1, lookAgainAt), evidence, answer),
    listOf: async (party, query) => list(query, ({ provider, consumer }) => party === provider || party === consumer),
    listAll: async (query) => list(query, () => true),
  };
}

const wanted = ({ resourceId, state }: Agreement, query: AgreementQuery): boolean =>
  (query.resourceId ?? resourceId) === resourceId && (query.state ?? state) === state;

const summaryOf = ({
  terms: _terms,
  history: _history,
  signatures: _signatures,
  ...summary
}: Agreement): AgreementSummary => summary;
