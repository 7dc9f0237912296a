import { dynamoLookups } from '../../../../functions/adapters/dynamodb/lookup/lookups.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { lookedUp } from '../../../../functions/lookup/domain/officer-day.ts';
import { aLookup, anOfficerDay } from '../../../lookup/a-lookup.ts';
import { department, instant, sha256 } from '../../../support/builders.ts';
import { id, page, there, type Played } from './played.ts';

export function lookups(table: Table) {
  const store = dynamoLookups(table);
  const parties = { provider: department('looked-up'), consumer: department('looker') };
  const lookup = aLookup({ lookupId: id(31), agreementId: id(31), ...parties });
  const { lookupId, agreementId, resourceId } = lookup;
  const officerDay = anOfficerDay({ agreementId, ...parties });
  const { day, officerRef } = officerDay;
  const counting = { provider: parties.provider, agreementId, day, officerRef, parts: [] };
  const standing = async () => there((await store.standing(counting)).officerDay);
  const again = async () => {
    const { value, revision } = await standing();
    const looked = [{ found: true, stem: sha256, neighbours: [] }];
    await store.refuse(lookedUp(value, looked, { at: instant, isOdd: false }), revision);
  };
  const digest = lookup.lookedUp[0]!.digest;
  return {
    lookup: [{ item: toItem('lookup', keyOf.lookup(lookupId), lookup), read: () => store.find(lookupId) }],
    'officer-day': [
      {
        item: toItem('officer-day', keyOf.officerDay(parties.provider, day, agreementId, officerRef), officerDay),
        read: standing,
        change: again,
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.partyLookup(parties.consumer, lookupId), {
          lookupId,
          role: 'consumer',
          agreementId,
          resourceId,
        }),
        read: () => store.listOf(parties.consumer, page),
      },
      {
        item: toItem('pointer', keyOf.keyLookup(resourceId, digest, lookupId), { lookupId }),
        read: () => store.about(resourceId, digest, page),
      },
    ] satisfies readonly Played[],
  };
}
