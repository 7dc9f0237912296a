import type { Act, Agreements } from '../../agreements/ports.ts';
import { agreementItem, pointerItems } from './agreements-items.ts';
import { listAll, listOf } from './agreements-listed.ts';
import { readAgreement } from './agreements.ts';
import { writeAnswer } from './answers.ts';
import { writeEvidence } from './evidence.ts';
import { commit, putNew, putNext, type Table, type Write } from './table.ts';

export const dynamoAgreements = (table: Table): Agreements => ({
  find: (id) => readAgreement(table, id),
  add: async (act) => (await commit(table, writeFirst(table, act))).committed,
  replace: async (act, revision) => (await commit(table, writeNext(table, act, revision))).committed,
  listOf: (party, query) => listOf(table, party, query),
  listAll: (query) => listAll(table, query),
});

const writeFirst = (table: Table, { agreement, evidence, answer }: Act): readonly Write[] => [
  putNew(table, agreementItem(agreement)),
  ...pointerItems(agreement).map((item) => putNew(table, item)),
  writeEvidence(table, evidence),
  ...writeAnswer(table, answer),
];

const writeNext = (
  table: Table,
  { agreement, evidence, answer, lookAgainAt }: Act,
  revision: number,
): readonly Write[] => [
  putNext(table, agreementItem(agreement, lookAgainAt), revision),
  writeEvidence(table, evidence),
  ...writeAnswer(table, answer),
];
