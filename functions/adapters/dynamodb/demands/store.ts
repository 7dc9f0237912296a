import type { DemandId } from '../../../../schemas/contracts/ids.ts';
import { StoredDemand } from '../../../../schemas/stored/demands.ts';
import type { Act, Demands } from '../../../demands/ports.ts';
import { writeAnswer } from '../answers.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import { commit, put, putNew, putNext, type Write } from '../table/write.ts';
import { demandsBehind, readDemand } from './read.ts';
import { countDemand } from './themes.ts';

/** Where the list of all demands is, in order of their ids. */
const ALL_DEMANDS = 'DEMANDS';

export const dynamoDemands = (table: Table): Demands => ({
  find: (id) => readDemand(table, id),
  async add(act) {
    const { themeId } = act.demand;
    const counted = themeId === undefined ? [] : [countDemand(table, themeId)];
    const result = await commit(table, [...counted, ...writeFirst(table, act)]);
    if (result.committed) return 'added';
    return counted.length > 0 && result.failed.includes(0) ? 'full' : 'taken';
  },
  replace: async (act, revision) =>
    (await commit(table, [putNext(table, demandItem(act.demand), revision), ...writeBeside(table, act)])).committed,
  remember: async (answer) => answer === undefined || (await commit(table, writeAnswer(table, answer))).committed,
  ofParty: (department, after) =>
    demandsBehind(table, { from: { pk: `PARTY#${department}`, prefix: 'DEMAND#' } }, after),
  ofTheme: (themeId, after) =>
    demandsBehind(table, { from: { pk: keyOf.theme(themeId).pk, prefix: 'DEMAND#' } }, after),
  all: (after) => all(table, after),
});

async function* all(table: Table, after?: string): AsyncGenerator<StoredDemand> {
  const from = { list: ALL_DEMANDS, keyOf: (position: string) => keyOf.demand(position as DemandId) };
  for await (const { item } of walk(table, { from }, after)) yield fromItem(StoredDemand, item);
}

const demandItem = (demand: StoredDemand): Item =>
  toItem('demand', keyOf.demand(demand.demandId), demand, {
    list: { partition: ALL_DEMANDS, position: demand.demandId },
  });

/** With one pointer under the theme, and one under each department that it concerns. */
function writeFirst(table: Table, act: Act): readonly Write[] {
  const { demandId, themeId, demander, from } = act.demand;
  const keys = [
    ...(themeId === undefined ? [] : [keyOf.themeDemand(themeId, demandId)]),
    ...[demander, ...from].map((department) => keyOf.partyDemand(department, demandId)),
  ];
  return [
    putNew(table, demandItem(act.demand)),
    ...keys.map((key) => putNew(table, toItem('pointer', key, { demandId }))),
    ...writeBeside(table, act),
  ];
}

/** What every act commits beside the demand. Whoever looks after duties looks at every act soon. */
const writeBeside = (table: Table, { demand: { demandId, changedAt }, evidence, notices, answer }: Act) => [
  ...writeEvidence(table, evidence),
  ...writeAnswer(table, answer),
  ...writeMessages(table, notices),
  put(
    table,
    toItem(
      'duties',
      keyOf.demandDuties(demandId),
      { demandId, nextAt: changedAt },
      { due: { partition: 'DUTY', at: changedAt } },
    ),
  ),
];
