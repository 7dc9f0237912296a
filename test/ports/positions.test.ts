import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyOf } from '../../functions/adapters/dynamodb/agreements/history.ts';
import { listAll, listOf } from '../../functions/adapters/dynamodb/agreements/listed.ts';
import { history, provided } from '../../functions/adapters/dynamodb/delivery/listed.ts';
import { dynamoDemands } from '../../functions/adapters/dynamodb/demands/store.ts';
import { dynamoOwings } from '../../functions/adapters/dynamodb/duties/owings.ts';
import { dynamoReportedAgreements } from '../../functions/adapters/dynamodb/reports/reads.ts';
import { dynamoThemes } from '../../functions/adapters/dynamodb/demands/themes.ts';
import { dynamoUploads } from '../../functions/adapters/dynamodb/intake/uploads.ts';
import { anAgreement, department } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const tax = department('tax');
type List = (table: Table, cursor: string) => Promise<unknown>;
const first = async (items: AsyncIterable<unknown>) => items[Symbol.asyncIterator]().next();

/** A seal can be computed by whoever reads how it is made; behind it stands a position that still only chooses where to begin. */
describe.each<[string, List]>([
  ['agreements of a party', (table, cursor) => listOf(table, tax, { limit: 5, cursor })],
  ['all agreements', (table, cursor) => listAll(table, { limit: 5, cursor })],
  ['what became of an agreement', (table, cursor) => historyOf(table, anAgreement(), { limit: 5, cursor })],
  ['a history', (table, cursor) => history(table, tax, { limit: 5, cursor, role: 'consumer' })],
  ['what was provided', (table, cursor) => provided(table, tax, { limit: 5, cursor, role: 'provider' })],
  ['all demands', (table, cursor) => first(dynamoDemands(table).all(cursor))],
  ['demands of a party', (table, cursor) => first(dynamoDemands(table).ofParty(tax, cursor))],
  ['what anybody owes', (table, cursor) => dynamoOwings(table).page({ of: 'everybody' }, { limit: 5, cursor })],
  ['grants', (table, cursor) => dynamoReportedAgreements(table).page('all', { limit: 5, cursor })],
  ['themes', (table, cursor) => dynamoThemes(table).list({ limit: 5, cursor })],
  ['uploads', (table, cursor) => dynamoUploads(table).list(tax, { limit: 5, cursor })],
])('of %s', (_, list) => {
  test.each(['0', '\0', '#', '##', '-1', '1e999', '__proto__', 'a#b#c#d', '数'.repeat(233), 'x'.repeat(700)])(
    'a page begins behind the position %j, wherever that is',
    async (position) => {
      await expect(list(aws.table, position)).resolves.toBeDefined();
    },
  );
});
