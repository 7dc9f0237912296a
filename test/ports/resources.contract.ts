import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Dataset, ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { ResourceMark } from '../../schemas/stored/catalog.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import { resourceCode, isOfCategory } from '../../functions/catalog/domain/code.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import type { EndOfResource, Marks, Publication, Resources } from '../../functions/catalog/ports.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import { aDataset, aDefinition, anId, aResourceVersion, department, instant, resource } from '../support/builders.ts';

export interface ResourceStore {
  readonly resources: Resources;
  readonly marks: Marks;
  /** The notices that wait to be sent. */
  told(): Promise<readonly OutgoingNotice[]>;
  evidenceOn(id: ResourceId): Promise<readonly Evidence[]>;
  /** Does what intake does: a dataset version of a resource that is there. */
  giveDataset(dataset: Dataset): Promise<void>;
  /** Does what a filing does: an active agreement, valid from the first to the last day. */
  giveConsumer(id: ResourceId, consumer: string, from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

let proofs = 0;
const publicationOf = (version: ResourceVersion, category?: string): Publication => ({
  version,
  entry: entryOf(version),
  ...(category !== undefined && {
    coding: {
      category,
      codeOf: (number) => resourceCode(category, number),
      isCode: (code) => isOfCategory(code, category),
    },
  }),
  evidence: {
    evidenceId: anId(++proofs),
    at: instant,
    act: 'definition-published',
    actor: { department: version.provider, session: 'clerk-7' },
    subject: { resourceId: version.resourceId, resourceVersion: version.version },
    digests: { definition: version.digest },
  },
});

const quality = department('quality');
const endOf = (id: string, change: EndOfResource['change'], more: Partial<EndOfResource> = {}): EndOfResource => ({
  resourceId: resource(id),
  change,
  marks: [],
  evidence: {
    evidenceId: anId(++proofs),
    at: instant,
    act: 'deprecation' in change ? 'resource-deprecated' : 'resource-retired',
    actor: { department: quality, session: 'clerk-7' },
    subject: { resourceId: resource(id) },
    digests: {},
  },
  ...more,
});
const deprecation = { retireOn: '2027-01-31', reason: 'merged', at: instant, by: quality };
const retired = { retiredAt: instant, retirement: { reason: 'gone', by: quality } };

/** What every store of the catalog promises. */
export function resourcesContract(name: string, open: () => Promise<ResourceStore>): void {
  describe(`the catalog on ${name}`, () => {
    let store: ResourceStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const published = async (id: string, changes: Partial<ResourceVersion> = {}) => {
      const version = aResourceVersion({ resourceId: resource(id), ...changes });
      expect(await store.resources.publish(publicationOf(version))).toEqual(version);
      return version;
    };

    test('what nobody published is not there', async () => {
      expect(await store.resources.latest(resource('absent'))).toBeUndefined();
      expect(await store.resources.version(resource('absent'), 1)).toBeUndefined();
      expect(await store.resources.datasets(resource('absent'), { limit: 5 })).toEqual({ items: [] });
      expect(await store.resources.isConsumer(resource('absent'), department('tax'), '2026-12-01')).toBe(false);
    });
    test('a version comes back as it was published, the earlier ones too', async () => {
      const first = await published('births');
      const second = await published('births', { version: 2, definition: aDefinition({ title: '出生' }) });
      expect(await store.resources.latest(resource('births'))).toEqual(second);
      expect(await store.resources.version(resource('births'), 1)).toEqual(first);
      expect(await store.resources.version(resource('births'), 2)).toEqual(second);
      expect(await store.resources.version(resource('births'), 3)).toBeUndefined();
      expect((await store.evidenceOn(resource('births'))).map(({ subject }) => subject.resourceVersion)).toEqual([
        1, 2,
      ]);
    });
    test('a definition with numbers and nesting beyond a table’s own comes back as it was', async () => {
      const deep = JSON.parse(`${'['.repeat(60)}"𠮷"${']'.repeat(60)}`) as unknown[];
      const definition = aDefinition({
        schema: {
          fields: [
            { name: 'a', type: 'number', constraints: { minimum: -1e300, maximum: 2 ** 60 } },
            { name: '__proto__', type: 'any', example: deep },
            { name: '名', type: 'string', constraints: { enum: ['', '\u0000', '"'] } },
          ],
        },
      });
      expect(await published('strange', { definition })).toEqual(await store.resources.latest(resource('strange')));
    });
    test('a large definition is kept whole', async () => {
      const definition = aDefinition({
        description: '述'.repeat(5000),
        schema: { fields: Array.from({ length: 1000 }, (_, index) => ({ name: `字段${index}`.padEnd(60, '名') })) },
      });
      expect(JSON.stringify(definition).length).toBeGreaterThan(100_000);
      expect(await published('large', { definition })).toEqual(await store.resources.latest(resource('large')));
    });
    test('a version number is given once, and proved once', async () => {
      await published('deaths');
      const rivals = await Promise.all(
        ['A', 'B', 'C'].map((title) =>
          store.resources.publish(
            publicationOf(
              aResourceVersion({ resourceId: resource('deaths'), version: 2, definition: aDefinition({ title }) }),
            ),
          ),
        ),
      );
      expect(rivals.filter(Boolean)).toHaveLength(1);
      for (const version of [1, 4])
        expect(
          await store.resources.publish(publicationOf(aResourceVersion({ resourceId: resource('deaths'), version }))),
        ).toBeUndefined();
      expect((await store.resources.latest(resource('deaths')))?.version).toBe(2);
      expect(await store.evidenceOn(resource('deaths'))).toHaveLength(2);
    });

    describe('the catalog', () => {
      const ids = Array.from({ length: 13 }, (_, index) => `found-${String.fromCharCode(97 + index)}`);
      const entries = async (prefix: string) =>
        (await store.resources.catalog()).entries.filter(({ summary }) => summary.resourceId.startsWith(prefix));
      beforeAll(async () => {
        for (const id of ids.toReversed()) await published(id);
      });
      test('has every resource once, in order of id', async () => {
        expect((await entries('found-')).map(({ summary }) => summary.resourceId)).toEqual(ids);
      });
      test('has a publication at once, by its newest version', async () => {
        const before = await store.resources.catalog();
        const version = await published('found-b', { version: 2, definition: aDefinition({ title: 'renamed' }) });
        const after = await store.resources.catalog();
        expect(after.revision).toBe(before.revision + 1);
        expect((await entries('found-b'))[0]).toEqual({ ...entryOf(version), changedIn: after.revision });
      });
      test('keeps what did not change as it is, so that it need not be prepared anew', async () => {
        const [before] = await entries('found-c');
        await published('found-a', { version: 2, definition: aDefinition({ title: 'another' }) });
        expect((await entries('found-c'))[0]).toEqual(before);
      });
      test('loses none of the resources that are published at the same time', async () => {
        const { revision } = await store.resources.catalog();
        const many = Array.from({ length: 8 }, (_, index) => `rival-${index}`);
        await Promise.all(many.map((id) => published(id)));
        expect((await entries('rival-')).map(({ summary }) => summary.resourceId)).toEqual(many);
        expect((await store.resources.catalog()).revision).toBe(revision + many.length);
        const changes = (await entries('rival-')).map(({ changedIn }) => changedIn);
        expect(new Set(changes).size).toBe(many.length);
      });
      test('is the same for everybody who asks at once', async () => {
        await published('asked');
        const states = await Promise.all(Array.from({ length: 5 }, () => store.resources.catalog()));
        expect(new Set(states.map(({ revision }) => revision)).size).toBe(1);
        expect(states.every(({ entries: all }) => all.some(({ summary }) => summary.resourceId === 'asked'))).toBe(
          true,
        );
      });
    });

    describe('a category', () => {
      const publishIn = async (category: string, id: string, version = 1) =>
        (
          await store.resources.publish(
            publicationOf(
              aResourceVersion({
                resourceId: resource(id),
                version,
                definition: aDefinition({ category, title: `第${version}版` }),
              }),
              category,
            ),
          )
        )?.resourceCode;
      test('numbers its resources, each once, also those that come at the same time', async () => {
        const codes = await Promise.all(['coded-a', 'coded-b', 'coded-c'].map((id) => publishIn('2-03-001', id)));
        expect(new Set(codes)).toEqual(new Set(['203001/0001', '203001/0002', '203001/0003']));
      });
      test('leaves a resource its code, and the version and the entry have it', async () => {
        const first = await publishIn('2-03-002', 'coded-d');
        expect(await publishIn('2-03-002', 'coded-d', 2)).toBe(first);
        expect((await store.resources.latest(resource('coded-d')))?.resourceCode).toBe(first);
        const { entries } = await store.resources.catalog();
        expect(entries.find(({ summary }) => summary.resourceId === 'coded-d')?.summary.resourceCode).toBe(first);
      });
      test('gives a new code to what comes from another', async () => {
        await publishIn('2-04-001', 'coded-e');
        expect(await publishIn('2-04-002', 'coded-e', 2)).toBe('204002/0001');
        expect((await store.resources.version(resource('coded-e'), 1))?.resourceCode).toBe('204001/0001');
      });
    });

    describe('the end of a resource', () => {
      const summary = async (id: string) =>
        (await store.resources.catalog()).entries.find((entry) => entry.summary.resourceId === id)?.summary;
      test('is deprecated: standing, head and entry say so, and it is proved', async () => {
        const version = await published('ending-a');
        expect(await store.resources.end(endOf('ending-a', { deprecation }))).toBe(true);
        expect(await store.resources.standing(resource('ending-a'))).toMatchObject({ latest: version, deprecation });
        expect((await store.resources.head(resource('ending-a')))?.deprecation).toEqual(deprecation);
        expect((await summary('ending-a'))?.deprecation).toEqual(deprecation);
        expect((await store.evidenceOn(resource('ending-a'))).map(({ act }) => act)).toEqual([
          'definition-published',
          'resource-deprecated',
        ]);
      });
      test('keeps its deprecation when a version follows', async () => {
        await published('ending-b');
        await store.resources.end(endOf('ending-b', { deprecation }));
        await published('ending-b', { version: 2, definition: aDefinition({ title: '新' }) });
        expect((await store.resources.standing(resource('ending-b')))?.deprecation).toEqual(deprecation);
        expect(await summary('ending-b')).toMatchObject({ title: '新', version: 2, deprecation });
      });
      test('by its deprecation does not come once that has been stated anew', async () => {
        await published('ending-e');
        const anew = { ...deprecation, at: '2026-12-01T02:00:00.000Z', retireOn: '2027-06-30' };
        await store.resources.end(endOf('ending-e', { deprecation }));
        await store.resources.end(endOf('ending-e', { deprecation: anew }));
        expect(await store.resources.end(endOf('ending-e', retired, { deprecatedAt: deprecation.at }))).toBe(false);
        expect((await store.resources.standing(resource('ending-e')))?.retiredAt).toBeUndefined();
        expect(await store.resources.end(endOf('ending-e', retired, { deprecatedAt: anew.at }))).toBe(true);
      });
      test('comes once: afterwards neither a second end nor a version', async () => {
        await published('ending-c');
        expect(await store.resources.end(endOf('ending-c', retired))).toBe(true);
        expect(await store.resources.end(endOf('ending-c', retired))).toBe(false);
        expect(await store.resources.end(endOf('ending-c', { deprecation }))).toBe(false);
        const next = aResourceVersion({
          resourceId: resource('ending-c'),
          version: 2,
          definition: aDefinition({ title: '新' }),
        });
        expect(await store.resources.publish(publicationOf(next))).toBeUndefined();
        expect(await store.resources.standing(resource('ending-c'))).toMatchObject(retired);
        expect((await summary('ending-c'))?.retiredAt).toBe(instant);
        expect(await store.evidenceOn(resource('ending-c'))).toHaveLength(2);
      });
      test('of what nobody published is none', async () => {
        expect(await store.resources.standing(resource('absent'))).toBeUndefined();
        expect(await store.resources.head(resource('absent'))).toBeUndefined();
      });
      test('is answered once', async () => {
        await published('ending-d');
        const answer: StoredAnswer = {
          department: quality,
          routeId: 'deprecateResource',
          key: 'k',
          requestDigest: 'd',
          status: 200,
          body: '{}',
          expires: 4_000_000_000,
        };
        expect(await store.resources.end(endOf('ending-d', { deprecation }, { answer }))).toBe(true);
        expect(await store.resources.end(endOf('ending-d', { deprecation }, { answer }))).toBe(false);
      });
    });

    describe('marks', () => {
      const mark = (id: string, at: string, event: ResourceMark['event'] = 'deprecated'): ResourceMark => ({
        resourceId: resource(id),
        event,
        at,
        by: quality,
      });
      const leave = async (id: string, ...marks: { mark: ResourceMark; at: string }[]) => {
        await store.resources.end(endOf(id, { deprecation }, { marks }));
      };
      const due = async (until: string, id: string) => {
        const found: ResourceMark[] = [];
        for await (const each of store.marks.due(until)) if (each.resourceId === id) found.push(each);
        return found;
      };
      test('are due from their time on, until they are worked off', async () => {
        await published('marked-a');
        const [now, later] = [mark('marked-a', instant), mark('marked-a', instant, 'retire')];
        await leave(
          'marked-a',
          { mark: now, at: '2026-12-01T00:00:00.000Z' },
          { mark: later, at: '2027-01-01T00:00:00.000Z' },
        );
        expect(await due('2026-11-30T23:59:59.999Z', 'marked-a')).toEqual([]);
        expect(await due('2026-12-01T00:00:00.000Z', 'marked-a')).toEqual([now]);
        expect(await due('2027-01-01T00:00:00.000Z', 'marked-a')).toEqual([now, later]);
        await store.marks.forget(now);
        await store.marks.forget(now);
        expect(await due('2027-01-01T00:00:00.000Z', 'marked-a')).toEqual([later]);
      });
      test('that were left anew are not forgotten with the older one', async () => {
        await published('marked-b');
        const [older, newer] = [
          mark('marked-b', '2026-12-01T00:00:00.000Z'),
          mark('marked-b', '2026-12-02T00:00:00.000Z'),
        ];
        await leave('marked-b', { mark: older, at: older.at });
        await leave('marked-b', { mark: newer, at: newer.at });
        await store.marks.forget(older);
        expect(await due('2026-12-03T00:00:00.000Z', 'marked-b')).toEqual([newer]);
      });
      test('lead to notices that wait to be sent, the same one for the same event', async () => {
        const notice = (to: string) =>
          noticeTo(department(to), ['marked-c', instant], {
            type: 'resource',
            event: 'deprecated',
            at: instant,
            resourceId: resource('marked-c'),
            path: '/v1/resources/marked-c',
          });
        await store.marks.tell([notice('tax'), notice('press')]);
        await store.marks.tell([notice('tax')]);
        expect(new Set((await store.told()).map(({ to, notice: { noticeId } }) => `${to} ${noticeId}`)).size).toBe(2);
      });
    });

    describe('lateness', () => {
      const lateBy = async (until: string) => {
        const found: string[] = [];
        for await (const { resourceId, provider, since } of store.resources.lateBy(until))
          if (resourceId.startsWith('late-')) found.push(`${resourceId} ${provider} ${since}`);
        return found.toSorted();
      };
      test('begins when period and grace are over, by the newest definition and dataset', async () => {
        await published('late-a', { publishedAt: '2026-12-01T00:00:00.000Z' });
        await published('late-b', {
          publishedAt: '2026-12-01T00:00:00.000Z',
          definition: aDefinition({ updateCycle: 'irregular' }),
        });
        expect(await lateBy('2026-12-02T23:59:59.999Z')).toEqual([]);
        expect(await lateBy('2026-12-03T00:00:00.000Z')).toEqual(['late-a quality 2026-12-03T00:00:00.000Z']);
        await published('late-a', { version: 2, definition: aDefinition({ updateCycle: 'weekly' }) });
        expect(await lateBy('2026-12-09T23:59:59.999Z')).toEqual([]);
        expect(await lateBy('2026-12-10T00:00:00.000Z')).toEqual(['late-a quality 2026-12-10T00:00:00.000Z']);
        await store.resources.end(endOf('late-a', retired));
        expect(await lateBy('2030-01-01T00:00:00.000Z')).toEqual([]);
      });
    });

    describe('dataset versions', () => {
      beforeAll(async () => {
        await published('sales');
        for (let datasetVersion = 1; datasetVersion <= 11; datasetVersion++)
          await store.giveDataset(aDataset({ resourceId: resource('sales'), datasetVersion }));
      });
      test('have their public form', async () => {
        expect((await store.resources.datasets(resource('sales'), { limit: 1 })).items).toEqual([
          aDataset({ resourceId: resource('sales'), datasetVersion: 11 }),
        ]);
      });
      test.each([1, 5, 11, 20])('are complete and newest first in pages of %d', async (limit) => {
        const seen: number[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.resources.datasets(resource('sales'), { limit, cursor });
          seen.push(...page.items.map(({ datasetVersion }) => datasetVersion));
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(seen).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      });
      test('do not go away when the next definition is published', async () => {
        await published('sales', { version: 2, definition: aDefinition({ title: '销售' }) });
        expect((await store.resources.datasets(resource('sales'), { limit: 20 })).items).toHaveLength(11);
      });
    });

    describe('a consumer', () => {
      beforeAll(async () => {
        await published('projects');
        await store.giveConsumer(resource('projects'), 'tax', '2026-12-01', '2026-12-31');
        await store.giveConsumer(resource('projects'), 'press', '2025-12-01', '2025-12-31');
        await store.giveConsumer(resource('projects'), 'press', '2026-12-05', '2026-12-05');
      });
      test.each([
        ['tax', '2026-12-01', true],
        ['tax', '2026-12-31', true],
        ['tax', '2026-11-30', false],
        ['tax', '2027-01-01', false],
        ['press', '2025-12-31', true],
        ['press', '2026-12-05', true],
        ['press', '2026-12-06', false],
        ['health', '2026-12-05', false],
        ['quality', '2026-12-05', false],
      ])('%s on %s: %s', async (who, day, consumer) => {
        expect(await store.resources.isConsumer(resource('projects'), department(who), day)).toBe(consumer);
        const consumed = await store.resources.consumedBy(department(who), day);
        expect(consumed.has(resource('projects'))).toBe(consumer);
      });
    });
  });
}
