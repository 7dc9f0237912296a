import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import legalEntities from '../../schemas/catalog/legal-entities.json' with { type: 'json' };
import streets from '../../schemas/catalog/streets.json' with { type: 'json' };
import type { DcatCatalog } from '../../schemas/contracts/dcat.ts';
import type { LateResource, PublishedResource } from '../../schemas/contracts/resources.ts';
import { columnKeys, headings, type ColumnKey } from '../../clients/cli/catalog/sheet/layout.ts';
import { readSheet } from '../../clients/cli/workbook/read-sheet.ts';
import { writeSheet } from '../../clients/cli/workbook/write-sheet.ts';
import { eventually } from '../support/city.ts';
import { aPlace } from '../support/place.ts';
import { step, STORY_MS } from '../support/step.ts';
import { Terminal } from './terminal.ts';

const place = aPlace();

test(
  'the catalog from the command line: in a workbook, as linked data, and how its resources end',
  async () => {
    const { hub, city } = place;
    const terminal = await Terminal.beside(hub);
    await city.publish('quality', 'legal-entities', legalEntities);
    await city.publish('civil-affairs', 'streets', streets);

    const as = (department: string, line: string) => terminal.hub(line, { env: { AWS_PROFILE: department } });
    async function json<T>(department: string, line: string, code = 0): Promise<T> {
      const printed = await as(department, `${line} --json`);
      expect([printed.code, printed.err]).toEqual([code, '']);
      return JSON.parse(printed.out) as T;
    }
    const read = (id: string) => city.as('press').call(routes.readResource, { params: { resourceId: id } });

    /** The workbook with some cells of its rows changed. */
    async function edited(from: string, to: string, change: (row: number, key: ColumnKey, text: string) => string) {
      const { head, rows } = await readSheet(join(terminal.folder, from));
      const texts = rows.map(({ row, cells }) => cells.map((text, index) => change(row, columnKeys[index]!, text)));
      await writeSheet(join(terminal.folder, to), head, texts);
    }

    await step(
      'the catalog in a workbook is exported with what the hub knows, and imported again changes nothing',
      async () => {
        expect(await json('press', 'catalog export --xlsx all.xlsx')).toEqual({
          written: 'all.xlsx',
          resources: 2,
          fields: legalEntities.schema.fields.length + streets.schema.fields.length,
        });
        const { head, rows } = await readSheet(join(terminal.folder, 'all.xlsx'));
        expect(head).toEqual(columnKeys.map((key) => headings[key]));
        const first = rows[0]!.cells;
        const at = (key: ColumnKey) => first[(columnKeys as readonly string[]).indexOf(key)];
        expect([at('categoryNames'), at('resourceCode'), at('providerName')]).toEqual([
          '基础信息资源／法人单位／法人基本信息',
          '102001/0001',
          '质量技术监督局',
        ]);
        await as('quality', 'catalog export --xlsx quality.xlsx --provider quality');
        expect(await json('quality', 'catalog import quality.xlsx --publish')).toEqual({
          imported: [{ resourceId: 'legal-entities', version: 1 }],
          problems: [],
        });
      },
    );
    await step('the catalog in a workbook is published as it was edited', async () => {
      await edited('quality.xlsx', 'edited.xlsx', (row, key, text) =>
        row === 2 && key === 'contactUnit' ? '信息中心' : text,
      );
      const checked = await as('quality', 'catalog import edited.xlsx');
      expect([checked.code, checked.out]).toEqual([
        0,
        expect.stringContaining('hub catalog import edited.xlsx --publish'),
      ]);
      expect((await read('legal-entities')).version).toBe(1);
      await as('quality', 'catalog import edited.xlsx --publish');
      expect(await read('legal-entities')).toMatchObject({ version: 2, definition: { contact: { unit: '信息中心' } } });
    });
    await step('the catalog in a workbook with wrong cells is not published, and every one is named', async () => {
      await edited('quality.xlsx', 'wrong.xlsx', (row, key, text) =>
        key === 'type' && row < 4 ? '文本' : key === 'shareCondition' ? '' : text,
      );
      const { problems } = await json<{ problems: { cell: string }[] }>(
        'quality',
        'catalog import wrong.xlsx --publish',
        4,
      );
      expect(problems.map(({ cell }) => cell.replace(/[A-Z]+/, ''))).toEqual(['2', '2', '3']);
      expect((await read('legal-entities')).version).toBe(2);
    });
    await step('the catalog in a workbook tells in which cell what the hub refuses', async () => {
      await edited('quality.xlsx', 'strange.xlsx', (row, key, text) =>
        row === 2 && key === 'category' ? '9-99-999' : text,
      );
      const { imported, problems } = await json<{
        imported: object[];
        problems: { column: string; message: string }[];
      }>('quality', 'catalog import strange.xlsx --publish', 1);
      expect(imported).toEqual([{ resourceId: 'legal-entities', code: 'invalid-definition' }]);
      expect(problems).toMatchObject([
        { column: '信息资源分类编码', message: expect.stringContaining('unknown-category') },
      ]);
    });

    await step('who publishes what is there already is told so', async () => {
      await terminal.file(
        'roads.json',
        JSON.stringify({ ...streets, title: '街道乡镇行政区划代码', provider: 'planning' }),
      );
      const screen = await as('planning', 'publish roads.json');
      expect(screen.out).toContain('streets (乡镇街道行政区划代码, of civil-affairs) is 82 % alike');
      expect((await json<PublishedResource>('planning', 'publish roads.json')).similar).toHaveLength(1);
    });

    await step('the whole catalog is one document of linked data', async () => {
      expect((await as('press', 'catalog dcat catalog.jsonld')).code).toBe(0);
      const document = JSON.parse(await terminal.read('catalog.jsonld')) as DcatCatalog;
      expect(document['@context']['@base']).toBe(`${hub.api}/v1/catalog`);
      expect(document['dcat:dataset'].map((each) => each['@id'])).toEqual([
        'resources/legal-entities',
        'resources/roads',
        'resources/streets',
      ]);
      expect(document).not.toHaveProperty('cursor');
    });

    await step('what is late is listed, for whom it concerns', async () => {
      await hub.advance(3 * 86_400);
      const { items } = await json<{ items: LateResource[] }>('quality', 'catalog late');
      expect(items).toMatchObject([{ resourceId: 'legal-entities', updateCycle: 'daily', daysLate: 2 }]);
      expect((await as('press', 'catalog late')).out).toContain('Nothing is late.');
    });

    await step('a resource is deprecated, and on its day the hub retires it and takes no more of it', async () => {
      const day = new Date((await hub.now()).getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
      const said = await as(
        'planning',
        `catalog deprecate roads --retire-on ${day} --reason '重复' --replaced-by streets`,
      );
      expect([said.code, said.out]).toEqual([0, expect.stringContaining('is deprecated')]);
      expect((await as('press', 'resources show roads')).out).toContain('use streets');
      await hub.advance(3 * 86_400);
      const retired = await eventually(
        () => read('roads'),
        ({ retiredAt }) => retiredAt !== undefined,
      );
      expect(retired.retirement).toEqual({ reason: '重复', by: 'hub', replacedBy: 'streets' });
      expect((await as('press', 'resources')).out).not.toContain('roads');
      expect((await as('press', 'resources --retired')).out).toContain('roads');
      const announced = await city.as('planning').ask(routes.announceUpload, {
        body: { resourceId: 'roads', bytes: 1, sha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=' },
      });
      expect(announced).toMatchObject({ status: 409, problem: { code: 'resource-retired' } });
      expect((await as('civil-affairs', "catalog retire streets --reason '不再维护'")).code).toBe(0);
    });
    await terminal.close();
  },
  STORY_MS,
);
