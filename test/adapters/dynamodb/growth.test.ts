import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Agreement } from '../../../schemas/contracts/agreements.ts';
import { StoredDemand } from '../../../schemas/stored/demands.ts';
import { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { readAgreement, agreementsOnResource } from '../../../functions/adapters/dynamodb/agreements/read.ts';
import { dynamoAgreements } from '../../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoDemands } from '../../../functions/adapters/dynamodb/demands/store.ts';
import { keyOf, type Key } from '../../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Item } from '../../../functions/adapters/dynamodb/table/reads.ts';
import { storedKinds, type StoredKind } from '../../../schemas/stored/kinds.ts';
import { dynamoUploads } from '../../../functions/adapters/dynamodb/intake/uploads.ts';
import { answer, decide, dispute } from '../../../functions/agreements/domain/steps/dispute.ts';
import { terminate } from '../../../functions/agreements/domain/steps/end.ts';
import { file } from '../../../functions/agreements/domain/steps/file.ts';
import { resume, suspend } from '../../../functions/agreements/domain/steps/suspend.ts';
import type { Act } from '../../../functions/demands/ports.ts';
import { withdraw } from '../../../functions/demands/domain/withdraw.ts';
import { released, type Claimed } from '../../../functions/intake/domain/claim.ts';
import type { Outcome } from '../../../functions/kernel/outcome.ts';
import { theHub } from '../../../functions/kernel/evidence.ts';
import type { Officer } from '../../../functions/reading/oversight.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { DemandId, EvidenceId } from '../../../schemas/contracts/ids.ts';
import { valueOf } from '../../agreements/outcomes.ts';
import { aDemand } from '../../demands/a-demand.ts';
import { inState, later } from '../../intake/an-upload.ts';
import { amended, anAct, anAgreement, anId, day, department, instant, resource } from '../../support/builders.ts';
import { grown, grownPlaces, LATER } from '../../support/grown.ts';
import { startLocalAws, type LocalAws } from '../../support/local-aws.ts';
import { commit, putNew } from '../../../functions/adapters/dynamodb/table/write.ts';
import { shapeOf, toItem } from '../../../functions/adapters/dynamodb/table/items.ts';
import { playedOn } from './played/index.ts';

/** A newer version of the hub wrote these, with members that this one does not know, and this one goes on with them. */
let aws: LocalAws;
beforeAll(async () => void (aws = await startLocalAws()));
afterAll(() => aws.stop());

const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });
const provider = officer('quality', 'department');
const consumer = officer('tax', 'department');
const authority = officer('eitc', 'department', 'authority');

describe('an agreement', () => {
  const at = instant;
  const moment = { at, today: day };
  const steps: readonly (readonly [string, (agreement: Agreement) => Outcome<Agreement, string>])[] = [
    ['an amendment is filed', (one) => file(one, authority, 'BJ-2026-2000', moment)],
    ['it is suspended', (one) => suspend(one, provider, 'repairs', at)],
    ['it is resumed', (one) => resume(one, provider, 'repaired', at)],
    ['it is disputed', (one) => dispute(one, consumer, 'late', at)],
    ['the dispute is answered', (one) => answer(one, provider, 'not late', at)],
    ['the dispute is decided', (one) => decide(one, authority, 'it was', at)],
    ['it is terminated', (one) => terminate(one, authority, 'misuse', moment)],
  ];

  test('is read, planned for and moved on, and keeps what it does not know of all that stays', async () => {
    const agreements = dynamoAgreements(aws.table);
    const first = grown(Agreement, amended(anAgreement({ state: 'active' }), 'signed')) as Agreement;
    expect(grownPlaces(first).length).toBeGreaterThan(8);
    expect(await agreements.add(anAct(first))).toBe(true);
    expect((await readAgreement(aws.table, first.agreementId))?.value).toEqual(first);

    for (const [step, take] of steps) {
      const found = (await agreements.find(first.agreementId))!;
      const before = grownPlaces(found.value);
      const moved = valueOf(take(found.value));
      expect(await agreements.replace(anAct(moved), found.revision)).toBe('replaced');
      const after = (await agreements.find(first.agreementId))!.value;
      expect(after).toEqual(moved);
      // What a step takes away goes with what was in it: an amendment that is filed, suspensions that end.
      const gone = /^\/(amendment|suspensions|outdated)/;
      expect([step, grownPlaces(after)]).toEqual([step, expect.arrayContaining(before.filter((at) => !gone.test(at)))]);
    }
  });

  test('keeps no other from being planned', async () => {
    const id = resource('grown-resource');
    const one = anAgreement({ agreementId: anId(31), resourceId: id, state: 'active' });
    const other = grown(
      Agreement,
      anAgreement({ agreementId: anId(32), resourceId: id, state: 'active' }),
    ) as Agreement;
    for (const each of [one, other]) await dynamoAgreements(aws.table).add(anAct(each));
    const found: string[] = [];
    for await (const { agreementId } of agreementsOnResource(aws.table, id)) found.push(agreementId);
    expect(found).toEqual([anId(31), anId(32)]);
  });
});

test('an upload is claimed and let go of, and keeps what it does not know', async () => {
  const uploads = dynamoUploads(aws.table);
  const checking = grown(StoredUpload, inState.checking({ uploadId: anId(600) })) as StoredUpload;
  await commit(aws.table, [putNew(aws.table, toItem('upload', keyOf.upload(checking.uploadId), checking))]);
  const found = (await uploads.find(checking.uploadId))!;
  expect(found).toEqual(checking);
  expect(await uploads.replace(released(found as Claimed, later(5)), found as Claimed)).toBe(true);
  expect(grownPlaces(await uploads.find(checking.uploadId))).toEqual(grownPlaces(checking));
  expect(grownPlaces(checking)).toContain('/object');
});

test('a demand is withdrawn, and keeps what it does not know', async () => {
  const demands = dynamoDemands(aws.table);
  const { themeId: _theme, ...plain } = aDemand({
    demandId: DemandId.parse(anId(702)),
    declines: [{ department: department('tax'), at: instant, reason: 'none' }],
  });
  const demand = grown(StoredDemand, plain) as StoredDemand;
  const evidence = {
    evidenceId: EvidenceId.parse(anId(700)),
    at: instant,
    act: 'demand-stated',
    actor: theHub('test'),
    subject: { demandId: demand.demandId },
    digests: {},
  } as const satisfies Evidence;
  const act: Act = { demand, evidence, notices: [], answer: undefined };
  expect(await demands.add(act)).toBe('added');
  const found = (await demands.find(demand.demandId))!;
  expect(found.value).toEqual(demand);
  const moved = withdraw(found.value, 'done', later(60));
  const next = { ...act, demand: moved, evidence: { ...evidence, evidenceId: EvidenceId.parse(anId(701)) } };
  expect(await demands.replace(next, found.revision)).toBe(true);
  expect(grownPlaces((await demands.find(demand.demandId))!.value)).toEqual(
    expect.arrayContaining(grownPlaces(demand)),
  );
});

/** A table in which a newer version has worked on everything. */
describe('an item of the kind', () => {
  const stored = async ({ pk, sk }: Item) => (await readItem(aws.table, { pk, sk } as Key))!;
  const grow = async (kind: StoredKind, items: readonly Item[]) => {
    const later = items.map((item) => ({ ...(grown(storedKinds[kind], item) as Item), ...LATER, shape: 2 }));
    for (const Item of later) await commit(aws.table, [{ Put: { TableName: aws.table.name, Item } }]);
  };
  const kinds = Object.keys(storedKinds) as StoredKind[];

  beforeAll(async () => {
    const played = playedOn(aws.table);
    for (const kind of kinds)
      await grow(
        kind,
        played[kind].map(({ item }) => item),
      );
  });

  test.each(kinds)('%s is read, changed, and keeps what this version does not know', async (kind) => {
    const rows = playedOn(aws.table)[kind];
    expect(rows).not.toEqual([]);
    for (const { item, read, change } of rows) {
      // Acts of others may have written it anew since.
      await grow(kind, [item]);
      const before = grownPlaces(await stored(item));
      expect(before).toContain('');
      expect([[], undefined, false]).not.toContainEqual(await read());
      if (!change) continue;
      expect(await change()).not.toBe(false);
      expect(grownPlaces(await stored(item))).toEqual(expect.arrayContaining(before));
    }
  });

  test('says by which shape it was last written as a whole', async () => {
    const [{ item, change } = { item: {} }] = playedOn(aws.table).demand;
    await grow('demand', [item]);
    expect(await stored(item)).toHaveProperty('shape', 2);
    await change?.();
    expect(await stored(item)).not.toHaveProperty('shape');
    expect(shapeOf('demand', {})).toEqual({});
    expect(shapeOf('demand', { demand: 2 })).toEqual({ shape: 2 });
  });

  test('stands in the list of the keys', async () => {
    const keys = await readFile(
      join(import.meta.dirname, '../../../functions/adapters/dynamodb/table/keys.ts'),
      'utf8',
    );
    const kinds = [...keys.matchAll(/^ \* {3}(?:\(.*?\)|[A-Z]+#?\S*(?:, \S+)*) {2,}\S+ {2,}([a-z-]+)/gm)].map(
      ([, kind]) => kind,
    );
    expect(new Set(kinds)).toEqual(new Set(Object.keys(storedKinds)));
  });
});
