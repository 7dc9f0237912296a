import { dynamoDemands } from '../../../../functions/adapters/dynamodb/demands/store.ts';
import { dynamoThemes } from '../../../../functions/adapters/dynamodb/demands/themes.ts';
import { dynamoOwings } from '../../../../functions/adapters/dynamodb/duties/owings.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { withdraw } from '../../../../functions/demands/domain/withdraw.ts';
import { aDemand, aTheme } from '../../../demands/a-demand.ts';
import { later } from '../../../intake/an-upload.ts';
import { day, instant } from '../../../support/builders.ts';
import { all, consumer, due, page, proof, provider, there, until } from './played.ts';

export function needs(table: Table) {
  const themes = dynamoThemes(table);
  const demands = dynamoDemands(table);
  const owings = dynamoOwings(table);
  const demand = aDemand({ declines: [{ department: consumer, at: instant, reason: 'none' }] });
  const { demandId, themeId: _theme, ...stated } = demand;
  const theme = aTheme();
  const duty = {
    duty: 'file',
    by: consumer,
    to: [provider],
    about: { demandId },
    since: day,
    due: day,
    binding: true,
    source: 'law',
  };
  const owing = { demandId, duty: 'file', by: consumer, due: day };
  const watch = { demandId, nextAt: instant };
  const findOwed = () => owings.find({ demandId });
  return {
    theme: [
      {
        item: toItem('theme', keyOf.theme(theme.themeId), theme),
        read: () => themes.find(theme.themeId),
        change: async () => {
          const { value, revision } = there(await themes.find(theme.themeId));
          return themes.define({ ...value, name: 'another' }, proof(), revision);
        },
      },
    ],
    demand: [
      {
        item: toItem('demand', keyOf.demand(demandId), { demandId, ...stated }),
        read: () => demands.find(demandId),
        change: async () => {
          const found = await demands.find(demandId);
          const next = found && withdraw(found.value, 'done', later(60));
          return (
            next && demands.replace({ demand: next, evidence: proof(), notices: [], answer: undefined }, found.revision)
          );
        },
      },
    ],
    duties: [
      {
        item: toItem('duties', keyOf.demandDuties(demandId), watch, due('DUTY')),
        read: () => all(owings.due(until)),
        change: () => owings.postpone(watch, later(60)),
      },
    ],
    owed: [
      {
        item: toItem('owed', keyOf.demandOwed(demandId), { demandId, duties: [duty], receivedUpTo: 0 }),
        read: findOwed,
        change: async () => {
          const before = there(await findOwed());
          const about = there((await all(owings.due(until))).find((each) => each.demandId === demandId));
          const after = { ...before.value, receivedUpTo: 1 };
          return owings.keep({ watch: about, before, after, nextAt: later(90), notices: [] });
        },
      },
    ],
    owing: [
      {
        item: toItem('owing', keyOf.owing(consumer, `${day}#1#file`), owing),
        read: async () => (await owings.page({ of: 'debtor', department: consumer }, page)).items,
      },
    ],
    claim: [
      {
        item: toItem('claim', keyOf.claim(provider, `${day}#1#file`), owing),
        read: async () => (await owings.page({ of: 'creditor', department: provider }, page)).items,
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.partyDemand(consumer, demandId), { demandId }),
        read: () => all(demands.ofParty(consumer)),
      },
    ],
  };
}
