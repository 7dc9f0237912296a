import type { StoredDuties, StoredDuty, StoredOwing } from '../../../../schemas/stored/duties.ts';
import { toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import type { Item } from '../table/reads.ts';

/** The list of what anybody owes, in order of the last day. */
export const EVERYBODY = 'OWED';

/** The entries of what was owed at a look: one under each debtor and one under each creditor. */
export const listedOf = (owed: StoredDuties | undefined): readonly Item[] => (owed?.duties ?? []).flatMap(entriesOf);

function entriesOf({ duty, by, to, due, about }: StoredDuty): readonly Item[] {
  const { resourceId: _resourceId, ...matter } = about;
  const owing: StoredOwing = { ...matter, duty, by, due };
  const position = [due, matter.agreementId ?? matter.demandId, duty].join('#');
  const claimed = `${position}#${by}`;
  return [
    toItem('owing', keyOf.owing(by, position), owing, { list: { partition: EVERYBODY, position: claimed } }),
    ...to.map((creditor) => toItem('claim', keyOf.claim(creditor, claimed), owing)),
  ];
}

/** What has to be written and what has to go, so that the entries of one look become those of the next. */
export function listedDiffer(
  before: readonly Item[],
  after: readonly Item[],
): { readonly put: readonly Item[]; readonly remove: readonly Key[] } {
  const [was, is] = [new Set(before.map(nameOf)), new Set(after.map(nameOf))];
  return {
    put: after.filter((item) => !was.has(nameOf(item))),
    remove: before.filter((item) => !is.has(nameOf(item))).map(keyIn),
  };
}

const keyIn = (item: Item): Key => ({ pk: item['pk'] as string, sk: item['sk'] as string });
const nameOf = (item: Item): string => `${keyIn(item).pk} ${keyIn(item).sk}`;
