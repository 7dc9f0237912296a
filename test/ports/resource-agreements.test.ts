import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AgreementState, type Agreement } from '../../schemas/contracts/agreements.ts';
import { BreakingMark } from '../../schemas/stored/catalog.ts';
import { agreementItem, pointerItems } from '../../functions/adapters/dynamodb/agreements/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoResourceAgreements } from '../../functions/adapters/dynamodb/catalog/agreements.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { publicationOf } from '../../functions/catalog/publish/publication.ts';
import type { ResourceAgreements } from '../../functions/catalog/ports.ts';
import { actorOf } from '../../functions/kernel/evidence.ts';
import { anAgreement, anId, aResourceVersion, department, instant, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { countingIds, testClock } from '../support/memory/kernel.ts';
import { memoryResourceAgreements } from '../support/memory/resource-agreements.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { due } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

interface Store {
  readonly agreements: ResourceAgreements;
  readonly give: (agreement: Agreement) => Promise<void>;
}

function onMemory(): Store {
  const agreements = memoryResourceAgreements();
  return { agreements, give: async (agreement) => agreements.give(agreement) };
}

const onDynamo = (): Store => ({
  agreements: dynamoResourceAgreements(aws.table),
  give: async (agreement) => {
    const items = [agreementItem(agreement), ...pointerItems(agreement)];
    await commit(
      aws.table,
      items.map((item) => putNew(aws.table, item)),
    );
  },
});

describe.each([
  ['memory', onMemory],
  ['DynamoDB', onDynamo],
])('the agreements on a resource, on %s', (_, open) => {
  test('are all that are not over, in whatever state, and none of another resource', async () => {
    const { agreements, give } = open();
    for (const [index, state] of AgreementState.options.entries())
      await give(anAgreement({ agreementId: anId(100 + index), state }));
    const elsewhere = anAgreement({ agreementId: anId(120), resourceId: resource('births'), state: 'active' });
    await give(elsewhere);
    const found = await agreements.notOver(resource('legal-entities'));
    expect(found.map(({ state }) => state)).toEqual(['proposed', 'agreed', 'signed', 'active', 'suspended']);
    expect(await agreements.notOver(resource('births'))).toEqual([elsewhere]);
    expect(await agreements.notOver(resource('deaths'))).toEqual([]);
  });
});

describe('the mark of a breaking publication', () => {
  const resourceId = resource('sales');
  const mark: BreakingMark = {
    resourceId,
    resourceVersion: 2,
    graceUntil: '2027-03-01',
    affected: [{ agreementId: anId(1), termsVersion: 3, fields: ['价格'] }],
  };
  const published = (version: number, its?: BreakingMark) =>
    dynamoResources(aws.table).publish(
      publicationOf(
        { clock: testClock(), ids: countingIds(version * 10) },
        { version: aResourceVersion({ resourceId, version }), ...(its && { mark: its }) },
        actorOf({ department: department('quality'), session: 'clerk-7', roles: ['department'] }),
      ),
    );
  const dueMarks = async () => {
    const found: BreakingMark[] = [];
    for await (const item of due(aws.table, 'BREAKING', instant)) found.push(fromItem(BreakingMark, item));
    return found;
  };

  test('commits with its version, is due at once, and is not there where another publication took the number', async () => {
    expect(await published(1)).toBeDefined();
    expect(await dueMarks()).toEqual([]);
    expect(await published(2, mark)).toBeDefined();
    const item = await readItem(aws.table, keyOf.breaking(resourceId, 2));
    expect(item && fromItem(BreakingMark, item)).toEqual(mark);
    expect(await dueMarks()).toEqual([mark]);

    expect(await published(2, { ...mark, graceUntil: '2030-01-01' })).toBeUndefined();
    expect(await dueMarks()).toEqual([mark]);
  });
});
