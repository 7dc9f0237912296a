import type { LookupId } from '../../schemas/contracts/ids.ts';
import type { LookupTerms } from '../../schemas/contracts/terms.ts';
import { type AttachmentMacs, referencesIn } from '../datasets/attachments/references.ts';
import { attachmentField, fitsTerms, rowView } from '../records/index.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import type { AskedKey } from '../reading/record-key.ts';
import type { UsedUnder } from '../reading/used-under.ts';
import type { ReadRecord } from './domain/answer.ts';
import type { Facts, Rows, Searchable } from './ports.ts';

export interface ReadPorts {
  readonly facts: Pick<Facts, 'resourceVersion'>;
  readonly rows: Rows;
  readonly attachmentMacs: AttachmentMacs;
}

/**
 * One search for each key. A record that is outside takes the same reads and the same steps as one that does not exist:
 * conditions are tried on whatever row stands at its place.
 */
export async function readRecords(
  { facts, rows, attachmentMacs }: ReadPorts,
  { agreement: { resourceId }, terms, resourceVersion }: UsedUnder<LookupTerms>,
  keys: readonly AskedKey[],
  { representation, resourceVersion: checkedBy }: Searchable,
  lookupId: LookupId,
): Promise<Outcome<readonly ReadRecord[], 'not-answerable' | 'answer-not-kept'>> {
  const [pinned, actual] = await Promise.all([
    facts.resourceVersion(resourceId, resourceVersion),
    facts.resourceVersion(resourceId, checkedBy),
  ]);
  const schemas = { pinned: pinned.definition.schema, actual: actual.definition.schema };
  if (!fitsTerms(terms, schemas)) return refuse('not-answerable', notAsAgreed);
  const refer = attachmentField(schemas.actual) && (await referencesIn(attachmentMacs, resourceId, { lookupId })).refer;
  const view = rowView(terms, schemas.actual, refer);
  const columnOf = new Map(representation.columns.map(({ field, text }) => [field, text]));
  const columns = view.needs.flatMap((field) => columnOf.get(field) ?? []);
  const read = async ({ ordered }: AskedKey): Promise<ReadRecord | typeof gone> => {
    const found = await rows.find(representation, ordered, columns);
    if (!found) return gone;
    const cells = (field: string) => found.row.get(columnOf.get(field) ?? '') ?? null;
    const isWithin = view.isWithin(cells);
    return found.isThere && isWithin ? view.shown(cells) : undefined;
  };
  const records = await Promise.all(keys.map(read));
  const there = records.filter((record) => record !== gone);
  return there.length < records.length ? refuse('answer-not-kept') : done(there);
}

/** A newer dataset has taken its place, and its file was removed between two reads. */
const gone = Symbol('gone');

const notAsAgreed = {
  detail:
    'The data in force no longer mean what was agreed. A party proposes terms on the newest version of the resource.',
};
