import { z } from 'zod';
import { Agreement, Terms, TermsVersion, type AgreementQuery, type AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import { AgreementId, DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Page } from '../../../schemas/contracts/paging.ts';
import type { Act, Agreements } from '../../agreements/ports.ts';
import { writeAnswer } from './answers.ts';
import { writeEvidence } from './evidence.ts';
import { jsonText } from './json-text.ts';
import { keyOf } from './keys.ts';
import { commit, decode, encode, fromItem, pageOf, putNew, putNext, readRevised, toItem, walk, type Item, type Listing, type Revised, type Table, type Write } from './table.ts';

const AgreementItem = Agreement.extend({ terms: z.array(TermsVersion.extend({ terms: jsonText(Terms) })) });
/** A pointer repeats what never changes about an agreement, so that a list can choose before it reads. */
const Pointer = z.object({ agreementId: AgreementId, resourceId: ResourceId, provider: DepartmentId, consumer: DepartmentId });
type Pointer = z.infer<typeof Pointer>;

const ALL = 'AGREEMENTS';
const READS_AT_ONCE = 25;

/** Strongly consistent, with the revision that a replacement or a condition must name. */
export const readAgreement = (table: Table, id: AgreementId): Promise<Revised<Agreement> | undefined> =>
  readRevised(table, keyOf.agreement(id), AgreementItem);

/** Every agreement on a resource (of one consumer), whatever its state, in order of proposal; strongly consistent. */
export async function* agreementsOnResource(table: Table, id: ResourceId, consumer?: DepartmentId): AsyncGenerator<Agreement> {
  const listing = { from: { pk: keyOf.resource(id).pk, prefix: 'AGREEMENT#' } };
  const wanted = (pointer: Pointer) => consumer === undefined || pointer.consumer === consumer;
  for await (const { agreement } of behindPointers(table, { listing, wanted })) yield agreement;
}

interface Pointers {
  readonly listing: Listing;
  readonly wanted: (pointer: Pointer) => boolean;
  readonly after?: string | undefined;
  /** Agreements are read this many at a time. */
  readonly atOnce?: number;
}

async function* behindPointers(
  table: Table, { listing, wanted, after, atOnce = READS_AT_ONCE }: Pointers,
): AsyncGenerator<{ agreement: Agreement; position: string }> {
  let batch: { pointer: Pointer; position: string }[] = [];
  for await (const { item, position } of walk(table, listing, after)) {
    const pointer = fromItem(Pointer, item);
    if (wanted(pointer)) batch.push({ pointer, position });
    if (batch.length < atOnce) continue;
    yield* readBatch(table, batch);
    batch = [];
  }
  yield* readBatch(table, batch);
}

async function* readBatch(table: Table, batch: readonly { pointer: Pointer; position: string }[]) {
  const found = await Promise.all(batch.map(({ pointer }) => readAgreement(table, pointer.agreementId)));
  for (const [index, { position }] of batch.entries()) {
    const agreement = found[index]?.value;
    if (agreement) yield { agreement, position };
  }
}

/** What a list shows of an agreement. */
const summaryOf = ({ terms: _terms, history: _history, signatures: _signatures, ...summary }: Agreement): AgreementSummary => summary;

/** The writes of an agreement's first act: itself, its three pointers, evidence and answer. */
export const writeProposal = (table: Table, { agreement, evidence, answer }: Act): readonly Write[] => {
  const { agreementId, resourceId, provider, consumer } = agreement;
  const pointer: Pointer = { agreementId, resourceId, provider, consumer };
  const pointers = [keyOf.resourceAgreement(resourceId, agreementId), keyOf.partyAgreement(provider, agreementId), keyOf.partyAgreement(consumer, agreementId)];
  return [
    putNew(table, itemOf(agreement)),
    ...pointers.map((key) => putNew(table, toItem('pointer', key, pointer))),
    writeEvidence(table, evidence),
    ...writeAnswer(table, answer),
  ];
};

const writeAct = (table: Table, { agreement, evidence, answer, lookAgainAt }: Act, revision: number): readonly Write[] => [
  putNext(table, itemOf(agreement, lookAgainAt), revision),
  writeEvidence(table, evidence),
  ...writeAnswer(table, answer),
];

const itemOf = (agreement: Agreement, lookAgainAt?: string): Item =>
  toItem(
    'agreement',
    keyOf.agreement(agreement.agreementId),
    { ...agreement, terms: agreement.terms.map((version) => ({ ...version, terms: JSON.stringify(version.terms) })) },
    {
      list: { partition: ALL, position: agreement.agreementId },
      ...(lookAgainAt !== undefined && { due: { partition: 'AGREEMENT', at: lookAgainAt } }),
    },
  );

export const dynamoAgreements = (table: Table): Agreements => ({
  find: (id) => readAgreement(table, id),
  add: async (act) => (await commit(table, writeProposal(table, act))).committed,
  replace: async (act, revision) => (await commit(table, writeAct(table, act, revision))).committed,
  listOf: (party, query) => listOf(table, party, query),
  listAll: (query) =>
    pageOf(table, { from: { list: ALL, keyOf: (position) => keyOf.agreement(position as AgreementId) } }, query, (item) => {
      const agreement = fromItem(AgreementItem, item);
      return wantedBy(query)(agreement) ? summaryOf(agreement) : undefined;
    }),
});

const wantedBy = ({ resourceId, state }: AgreementQuery) => (agreement: Agreement) =>
  (resourceId === undefined || agreement.resourceId === resourceId) && (state === undefined || agreement.state === state);

async function listOf(table: Table, party: DepartmentId, query: AgreementQuery): Promise<Page<AgreementSummary>> {
  const pointers: Pointers = {
    listing: { from: { pk: `PARTY#${party}`, prefix: 'AGREEMENT#' } },
    wanted: ({ resourceId }) => query.resourceId === undefined || resourceId === query.resourceId,
    after: query.cursor === undefined ? undefined : decode(query.cursor),
    atOnce: Math.min(READS_AT_ONCE, query.limit + 1),
  };
  const items: AgreementSummary[] = [];
  let last: string | undefined;
  for await (const { agreement, position } of behindPointers(table, pointers)) {
    if (items.length === query.limit && last !== undefined) return { items, cursor: encode(last) };
    if (wantedBy(query)(agreement)) items.push(summaryOf(agreement));
    last = position;
  }
  return { items };
}
