import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoBreakingMarks } from '../../functions/adapters/dynamodb/agreements/clock.ts';
import { partyPointers } from '../../functions/adapters/dynamodb/agreements/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { writeBreakingMark } from '../../functions/adapters/dynamodb/catalog/agreements.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { writeParts } from '../../functions/adapters/dynamodb/intake/parts.ts';
import { MAX_OFFER_BYTES, stateOffer } from '../../functions/agreements/domain/offer.ts';
import { refusedPart } from '../../functions/agreements/domain/scheme.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { MAX_DEFINITION_BYTES, MAX_NAMES_BYTES, problemsOf } from '../../functions/catalog/domain/publish.ts';
import { publicationOf } from '../../functions/catalog/publish/publication.ts';
import { MAX_LINEAGE_BYTES } from '../../functions/reading/derivation/judge.ts';
import { correctionProblems, MAX_REPORT_BYTES } from '../../functions/delivery/domain/corrections.ts';
import { stateDemand } from '../../functions/demands/domain/statement.ts';
import { refused } from '../../functions/intake/domain/finish.ts';
import { datasetKey, segmentPlaces } from '../../functions/intake/domain/places.ts';
import { storableFields } from '../../functions/intake/domain/quality.ts';
import { actorOf } from '../../functions/kernel/evidence.ts';
import { MAX_NAMED_COLUMNS } from '../../schemas/contracts/comparisons.ts';
import type { Correction } from '../../schemas/contracts/corrections.ts';
import { WarningRule, type ResourceDefinition, type TableSchema } from '../../schemas/contracts/definition.ts';
import { DemandBody, MAX_ASKED } from '../../schemas/contracts/demands.ts';
import { MOST_KEYS } from '../../schemas/contracts/lookups.ts';
import type { CorrectionId, DemandId } from '../../schemas/contracts/ids.ts';
import { OfferBody } from '../../schemas/contracts/offers.ts';
import { storedKinds, type StoredKind } from '../../schemas/stored/kinds.ts';
import type { BreakingMark } from '../../schemas/stored/catalog.ts';
import { MAX_SCHEME } from '../../schemas/contracts/schemes.ts';
import { MAX_MEMBERS } from '../../schemas/contracts/themes.ts';
import { MAX_PARTS, MAX_SEGMENTS, type ViolationCount } from '../../schemas/contracts/uploads.ts';
import type { StoredLookup } from '../../schemas/stored/lookups.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { inState as comparedState } from '../compare/a-comparison.ts';
import { watchIn } from '../compare/a-watch.ts';
import { orderIn } from '../compare/an-order.ts';
import { anUpload, inState } from '../intake/an-upload.ts';
import { aLookup } from '../lookup/a-lookup.ts';
import {
  aDefinition,
  anAgreement,
  anId,
  aResource,
  aResourceVersion,
  aStoredDataset,
  department,
  day,
  instant,
  resource,
  sha256,
  terms,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { countingIds, testClock } from '../support/memory/kernel.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import type { Item } from '../../functions/adapters/dynamodb/table/reads.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

/** Three bytes a character: as many as one of UTF-16 can have. */
const text = (characters: number): string => '数'.repeat(characters);
const words = text(2000);
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const range = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const longest = (letter: string, length: number): string => letter.repeat(length);
const aDepartment = (index: number) => department(`${longest('d', 36)}-${String(index).padStart(3, '0')}`);
const aName = (index: number, length: number): string => `${index}`.padEnd(length, '数');

/** As many fields as there may be, and as much of names as fits. */
const names = range(1000, (index) => aName(index, 32));
const schemaOf = (fields: readonly object[]): TableSchema =>
  aDefinition({ schema: { fields: [...fields] } as never }).schema;
const filledUp = (): ResourceDefinition => {
  const bare = names.map((name) => ({ name, title: '' }));
  const room = MAX_DEFINITION_BYTES - bytesOf(aDefinition({ description: text(5000), schema: { fields: bare } }));
  const title = text(Math.floor(room / 3 / bare.length));
  return aDefinition({ description: text(5000), schema: { fields: bare.map((field) => ({ ...field, title })) } });
};
const definition = filledUp();
const resourceId = resource(longest('r', 63));
const version = aResourceVersion({ resourceId, definition });
const deprecation = { retireOn: '2030-01-01', reason: words, replacedBy: resourceId, at: instant, by: aDepartment(1) };

const everyViolation = names.flatMap((field) =>
  ['type', ...WarningRule.options].map((rule): ViolationCount => ({
    field,
    rule,
    count: 10 ** 9,
    firstLine: 10 ** 9,
    lines: range(5, () => 10 ** 9),
  })),
);
const upload: StoredUpload = {
  ...refused(
    inState.received({ resourceId, reason: words, sheet: text(31), confirmedAt: instant }),
    {
      code: 'header',
      detail: text(20_000),
      header: {
        missing: range(20, (index) => aName(index, 200)),
        unknown: range(20, (index) => aName(index, 200)),
        repeated: [],
        renames: [],
        found: range(20, (index) => aName(index, 200)),
        needed: range(50, (index) => ({ name: aName(index, 200), required: true })),
      },
    },
    { at: instant, reportKey: text(100), fixFileKey: text(100) },
    { rows: { read: 10 ** 9, accepted: 10 ** 9, rejected: 10 ** 9 }, violations: everyViolation },
  ),
};

function objectsOf() {
  const place = { resourceId, uploadId: anId(500) };
  return range(MAX_SEGMENTS, (index) => ({
    key: segmentPlaces(place, { number: index + 1, epoch: 9 }).dataset,
    versionId: longest('v', 32),
    bytes: 10 ** 9,
    sha256,
  }));
}

const offerBody = (length: number) =>
  OfferBody.parse({
    fields: names.map((name) => name.slice(0, length)),
    mask: Object.fromEntries(names.map((name) => [name.slice(0, length), 'hide'])),
    maxDays: 3660,
    maxRetainDays: 36_500,
    audience: range(200, aDepartment),
  });

/** A report of a row with such a key, on terms that deliver it. */
function reporting(fields: number, characters: number) {
  const key = Object.fromEntries(range(fields, (index) => [`${index}`, text(characters)]));
  const keyed = Object.keys(key);
  const schema = schemaOf(keyed.map((name) => ({ name, type: 'string' })));
  const report = { key, field: keyed[0]!, reason: 'wrong' as const, proposed: text(500), words };
  const problems = correctionProblems(report, terms({ fields: keyed }), { ...schema, primaryKey: keyed });
  return { report, problems };
}

/** Reason, case number and officer as long as they may be, and as many keys. */
const lookupOf = (keys: number): StoredLookup =>
  aLookup({
    reason: text(200),
    caseNumber: text(100),
    officer: text(64),
    keys,
    lookedUp: range(keys, () => ({ digest: sha256, found: true })),
  });

const correctionOf = (report: ReturnType<typeof reporting>['report']): Correction => ({
  correctionId: anId(1) as unknown as CorrectionId,
  deliveryId: anId(1),
  agreementId: anId(1),
  termsVersion: 1,
  resourceId,
  datasetVersion: 1,
  provider: aDepartment(1),
  consumer: aDepartment(2),
  state: 'closed',
  ...report,
  reportedAt: instant,
  answer: { at: instant, decision: 'will-correct', words },
  closedAt: instant,
  closedByDatasetVersion: 2,
});

function demand(): object {
  const stated = stateDemand({
    demandId: anId(1) as unknown as DemandId,
    demander: department('tax'),
    body: DemandBody.parse({
      title: text(200),
      description: text(5000),
      fields: range(200, (index) => ({ name: aName(index, 55), title: text(55) })),
      purpose: words,
      legalBasis: words,
    }),
    resource: undefined,
    at: instant,
  });
  if (!stated.ok) throw new Error('the demand is larger than a demand may be');
  const declines = range(MAX_ASKED, (index) => ({ department: aDepartment(index), at: instant, reason: words }));
  return { ...stated.value, from: range(MAX_ASKED, aDepartment), declines, withdrawal: { at: instant, reason: words } };
}

/** As much of everything as anybody can bring about, by kind. What is a list of items is told of by itself below. */
const largest: Readonly<Partial<Record<StoredKind, () => object | readonly Item[]>>> = {
  'catalog-entry': () => ({ about: entryOf(version), changedIn: 1, deprecation, retiredAt: instant }),
  resource: () =>
    aResource({ resourceId, deprecation, retirement: { reason: words, by: 'hub', replacedBy: resourceId } }),
  'resource-version': () => ({ ...version, definition: JSON.stringify(definition) }),
  dataset: () =>
    aStoredDataset({
      resourceId,
      origin: { kind: 'records', uploadId: anId(500) },
      columns: names,
      objects: objectsOf(),
    }),
  representation: () => ({
    state: 'made',
    columns: names.map((field, index) => ({ field, text: `t${index}`, ordered: `v${index}` })),
    keyFields: names,
    object: objectsOf()[0],
  }),
  quality: () => ({
    violations: upload.violations,
    fields: storableFields(
      names.map((name) => ({ name, missing: 1, distinct: 1, minimum: text(200), maximum: text(200) })),
    ),
  }),
  lineage: () => ({ resourceId, resourceVersion: 1, lineage: longest('l', MAX_LINEAGE_BYTES) }),
  derivation: () => ({
    violations: range(200, () => ({ path: text(50), rule: 'unknown-field', message: text(300) })),
    lost: names,
    inputs: Object.fromEntries(range(50, (index) => [longest('i', 38) + index, { resourceId, agreementId: anId(1) }])),
  }),
  'resource-mark': () => ({ resourceId, event: 'deprecated', ...deprecation }),
  offer: () => ({ ...offerBody(20), resourceId, provider: aDepartment(1), resourceVersion: 1, statedAt: instant }),
  pointer: () =>
    partyPointers(
      anAgreement({
        outdated: { resourceVersion: 2, fields: [text(10_000)], graceUntil: '2030-01-01' },
        disposal: {
          owedSince: '2030-01-01',
          due: '2030-01-01',
          statement: { at: instant, by: department('tax'), method: 'deleted', disposedOn: '2030-01-01', words },
        },
      }),
    ),
  history: () => ({ at: instant, by: aDepartment(1), action: 'comment', reason: words }),
  scheme: () => ({
    name: text(200),
    parts: range(MAX_SCHEME, (index) => ({
      resourceId,
      consumer: aDepartment(index),
      agreementId: anId(index),
      refusal: refusedPart({
        code: 'invalid-terms',
        violations: names.map((name) => ({ path: '/terms/fields', rule: 'unknown-field', message: name })),
      }),
    })),
  }),
  theme: () => ({ name: text(200), nameEn: text(200), purpose: words, members: range(MAX_MEMBERS, aDepartment) }),
  demand,
  owed: () => ({
    demandId: anId(1),
    duties: range(MAX_ASKED + 10, (index) => ({
      duty: 'answer-demand',
      by: aDepartment(index),
      to: [aDepartment(1), aDepartment(2)],
      about: { demandId: anId(1), resourceId },
      since: '2030-01-01',
      due: '2030-01-01',
      binding: true,
      source: text(500),
    })),
  }),
  upload: () => upload,
  'upload-segment': () => ({ outcome: { refusal: upload.refusal } }),
  correction: () => correctionOf(reporting(97, 1000).report),
  lookup: () => lookupOf(MOST_KEYS),
  comparison: () => ({
    ...comparedState.refused(),
    purpose: words,
    list: {
      ...comparedState.refused().list,
      sheet: text(31),
      columns: Object.fromEntries(range(MAX_NAMED_COLUMNS, (index) => [aName(index, 200), text(200)])),
    },
    refusal: { code: 'declined', detail: words, field: text(200), column: text(200) },
  }),
  // No state has both; its key fields are as many as terms have room for.
  'key-watch': () => ({
    ...watchIn.looking(),
    purpose: words,
    keyFields: names,
    list: {
      ...comparedState.refused().list,
      sheet: text(31),
      columns: Object.fromEntries(range(MAX_NAMED_COLUMNS, (index) => [aName(index, 200), text(200)])),
    },
  }),
  reconciliation: () => ({
    ...orderIn.active(),
    purpose: words,
    list: {
      resourceId,
      columns: Object.fromEntries(range(MAX_NAMED_COLUMNS, (index) => [aName(index, 200), text(200)])),
    },
  }),
  benefit: () => ({
    words,
    themes: range(20, () => text(50)),
    restsOn: { lookups: range(100, anId), comparisons: range(20, anId) },
    resourceId,
    provider: aDepartment(1),
  }),
};

/** Ids, states, times, counts and digests alone, or of a size that whoever writes them bounds by a constant. */
const SMALL = new Set(
  (
    'catalog|catalog-change|category|upload-under-way|attachment|attachment-written|release-plan|clock|duties|owing|claim|message|delivery|mailbox|' +
    'representation-hold|extract|extract-attempt|grant|evidence|counter|usage|asked|answer|share|quota|officer-day|due|watched'
  ).split('|'),
);
/** `agreement` in test/agreements/full.test.ts, the other two below. */
const ELSEWHERE = ['agreement', 'breaking', 'upload-parts'];

test('every kind of item is looked at', () => {
  expect(new Set(Object.keys(storedKinds))).toEqual(new Set([...SMALL, ...ELSEWHERE, ...Object.keys(largest)]));
});

describe('an item that is as large as anybody can make it', () => {
  let position = 0;
  test.each(Object.entries(largest) as [StoredKind, () => object][])('is stored: %s', async (kind, make) => {
    const made = make();
    const items = Array.isArray(made)
      ? (made as readonly Item[])
      : [toItem(kind, { pk: `${longest('K', 100)}${++position}`, sk: longest('S', 200) }, made)];
    for (const item of items)
      expect((await commit(aws.table, [putNew(aws.table, JSON.parse(JSON.stringify(item)) as Item)])).committed).toBe(
        true,
      );
  });
  test('is stored: the parts of an upload', async () => {
    const parts = range(MAX_PARTS, () => ({ bytes: 5 * 1024 ** 3, sha256 }));
    const multipart = { id: 'm', parts };
    expect((await commit(aws.table, writeParts(aws.table, anUpload({ multipart })))).committed).toBe(true);
  });
});

describe('whoever would make an item too large is told so, and nobody else', () => {
  test('a definition whose names alone take too much', () => {
    const [most] = [Math.floor(MAX_NAMES_BYTES / 1000 / 3)];
    const paths = (length: number) =>
      problemsOf(
        resourceId,
        aDefinition({ schema: { fields: range(1000, (index) => ({ name: aName(index, length) })) } }),
      )
        .filter(({ rule }) => rule === 'size')
        .map(({ path }) => path);
    expect(paths(most)).toEqual([]);
    expect(paths(most + 2)).toEqual(['/schema/fields']);
  });
  test('an offer', () => {
    const fields = range(1000, (index) => ({ name: aName(index, 60) }));
    const long = aResourceVersion({ definition: aDefinition({ schema: { fields } }) });
    const body = OfferBody.parse({
      fields: fields.map(({ name }) => name),
      mask: Object.fromEntries(fields.map(({ name }) => [name, 'hide'])),
      maxDays: 1,
      maxRetainDays: 1,
    });
    expect(bytesOf(body)).toBeGreaterThan(MAX_OFFER_BYTES);
    expect(
      stateOffer({ resource: long, inherited: [] }, body, long.provider, { at: instant, today: day }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-offer', violations: [{ path: '', rule: 'size' }] },
    });
    expect(bytesOf(offerBody(20))).toBeLessThan(MAX_OFFER_BYTES);
  });
  test('a report of wrong data: the provider can always answer it', () => {
    expect(reporting(97, 1000).problems).toEqual([]);
    expect(reporting(100, 1000).problems).toMatchObject([{ path: '', rule: 'size' }]);
    expect(bytesOf(reporting(97, 1000).report)).toBeGreaterThan(MAX_REPORT_BYTES - 3000);
  });
});

describe('a version that breaks very many agreements', () => {
  test('is published, and each of them is told of', async () => {
    const count = 5200;
    const affected = range(count, (index) => ({ agreementId: anId(index), termsVersion: 10 ** 6, fields: [text(10)] }));
    const mark: BreakingMark = {
      resourceId,
      resourceVersion: 2,
      graceUntil: '2027-03-01',
      affected,
      repaired: range(2300, (index) => anId(10_000 + index)),
    };
    const caller = actorOf({ department: version.provider, session: 's', roles: ['department'] });
    const resources = dynamoResources(aws.table);
    const publish = (number: number, its?: BreakingMark) => {
      const next = { version: { ...version, version: number }, ...(its && { mark: its }) };
      return resources.publish(publicationOf({ clock: testClock(), ids: countingIds(number * 100) }, next, caller));
    };
    expect(await publish(1)).toBeDefined();
    expect(await publish(2, mark)).toBeDefined();

    const marks = dynamoBreakingMarks(aws.table);
    const due = async () => {
      const found: BreakingMark[] = [];
      for await (const one of marks.due('2099-01-01T00:00:00.000Z')) found.push(one);
      return found.toSorted((one, other) => (one.part ?? 1) - (other.part ?? 1));
    };
    const found = await due();
    expect(found.flatMap((one) => one.affected)).toEqual(affected);
    expect(found.flatMap((one) => one.repaired ?? [])).toEqual(mark.repaired);
    for (const one of found.slice(1)) await marks.forget(one);
    expect(await due()).toEqual([found[0]]);
  });
  test('is one item as before where an item holds them', () => {
    const mark = { resourceId, resourceVersion: 2, graceUntil: '2027-03-01', affected: [] };
    const [write, ...more] = writeBreakingMark(aws.table, { ...mark, repaired: [anId(1)] }, instant);
    expect(write?.Put?.Item).toMatchObject({ ...keyOf.breaking(resourceId, 2), repaired: [anId(1)] });
    expect(write?.Put?.Item).not.toHaveProperty('part');
    expect(more).toEqual([]);
  });
});

test('the places of a dataset’s objects are no longer than was reckoned with', () => {
  expect(datasetKey({ resourceId, uploadId: anId(1), epoch: 999_999 }).length).toBeLessThan(
    objectsOf()[0]!.key.length + 10,
  );
});
