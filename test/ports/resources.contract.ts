import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { PageQuery } from '../../schemas/contracts/paging.ts';
import type { Dataset, ResourceVersion } from '../../schemas/contracts/resources.ts';
import { summaryOf, textsOf } from '../../functions/catalog/domain/search.ts';
import type { Publication, Resources } from '../../functions/catalog/ports.ts';
import { aDataset, aDefinition, anId, aResourceVersion, department, instant, resource } from '../support/builders.ts';

export interface ResourceStore {
  readonly resources: Resources;
  evidenceOn(id: ResourceId): Promise<readonly Evidence[]>;
  /** Does what intake does: a dataset version of a resource that is there. */
  giveDataset(dataset: Dataset): Promise<void>;
  /** Does what a filing does: an active agreement, valid from the first to the last day. */
  giveConsumer(id: ResourceId, consumer: string, from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

let proofs = 0;
const publicationOf = (version: ResourceVersion): Publication => ({
  version,
  entry: { summary: summaryOf(version), texts: textsOf(version) },
  evidence: {
    evidenceId: anId(++proofs),
    at: instant,
    act: 'definition-published',
    actor: { department: version.provider, session: 'clerk-7' },
    subject: { resourceId: version.resourceId, resourceVersion: version.version },
    digests: { definition: version.digest },
  },
});

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
      expect(await store.resources.publish(publicationOf(version))).toBe(true);
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
      expect(
        await store.resources.publish(publicationOf(aResourceVersion({ resourceId: resource('deaths'), version: 1 }))),
      ).toBe(false);
      expect(
        await store.resources.publish(publicationOf(aResourceVersion({ resourceId: resource('deaths'), version: 4 }))),
      ).toBe(false);
      expect((await store.resources.latest(resource('deaths')))?.version).toBe(2);
      expect(await store.evidenceOn(resource('deaths'))).toHaveLength(2);
    });

    describe('the search', () => {
      const ids = Array.from({ length: 13 }, (_, index) => `found-${String.fromCharCode(97 + index)}`);
      beforeAll(async () => {
        for (const id of ids.toReversed()) await published(id);
        await published('found-b', { version: 2, definition: aDefinition({ title: 'renamed' }) });
      });
      const paged = async (limit: number, wanted: Parameters<Resources['search']>[1]) => {
        const seen: string[] = [];
        for (let page: PageQuery = { limit }; ;) {
          const { items, cursor } = await store.resources.search(page, wanted);
          expect(items.length).toBeLessThanOrEqual(limit);
          seen.push(...items.map(({ resourceId }) => resourceId));
          if (cursor === undefined) return seen;
          page = { limit, cursor };
        }
      };
      test.each([1, 4, 12, 13, 14, 100])('is complete and in order in pages of %d', async (limit) => {
        expect(await paged(limit, ({ summary }) => summary.resourceId.startsWith('found-'))).toEqual(ids);
      });
      test('knows the newest version only, by its summary and its texts', async () => {
        const { items } = await store.resources.search({ limit: 5 }, ({ texts }) => texts.includes('renamed'));
        expect(items).toEqual([summaryOf((await store.resources.latest(resource('found-b')))!)]);
      });
      test('has nothing where nothing is wanted', async () => {
        expect(await store.resources.search({ limit: 2 }, () => false)).toEqual({ items: [] });
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
      });
    });
  });
}
