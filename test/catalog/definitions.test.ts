import { beforeEach, expect, test } from '@jest/globals';
import type { Department } from '../../schemas/contracts/hub.ts';
import type { DeclaredDefinition } from '../../schemas/catalog/declared.ts';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { definitionsHandler } from '../../functions/catalog/publish/definitions.handler.ts';
import { retirementOf } from '../../functions/catalog/ends/end-of-resource.ts';
import type { Resources } from '../../functions/catalog/ports.ts';
import { aDefinition, aResourceVersion, resource } from '../support/builders.ts';
import { countingIds, memoryJournal, recordingLog, testClock, type Journal } from '../support/memory/kernel.ts';
import { memoryResources, type MemoryResources } from '../support/memory/resources.ts';

let journal: Journal;
let resources: MemoryResources;
let log: ReturnType<typeof recordingLog>;
beforeEach(() => {
  journal = memoryJournal();
  resources = memoryResources(journal);
  log = recordingLog();
  registry = [];
});

const file = (id: string, definition: ResourceDefinition = aDefinition()): DeclaredDefinition => ({
  resourceId: resource(id),
  body: definition,
});
const deploy = (declared: readonly DeclaredDefinition[], store: Resources = resources) =>
  definitionsHandler({
    resources: store,
    agreements: { notOver: async () => [] },
    clock: testClock(),
    ids: countingIds(),
    timeZone: 'Asia/Shanghai',
    log,
    declared,
    departments: registry,
  })();
let registry: readonly Department[] = [];
const titles = async (...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await resources.latest(resource(id)))?.definition.title));
const other = aDefinition({ title: '另一' });
const broken = aDefinition({ schema: { fields: [{ name: 'a' }, { name: 'a' }] } });

test('a deployment publishes its definitions, and proves that the hub did it for the deployment', async () => {
  await deploy([file('births'), file('deaths', other)]);
  expect(await titles('births', 'deaths')).toEqual([aDefinition().title, '另一']);
  expect(journal.evidence.map(({ act, actor, subject }) => [act, actor, subject])).toEqual([
    [
      'definition-published',
      { department: 'hub', session: 'deployment' },
      { resourceId: 'births', resourceVersion: 1, provider: 'quality' },
    ],
    [
      'definition-published',
      { department: 'hub', session: 'deployment' },
      { resourceId: 'deaths', resourceVersion: 1, provider: 'quality' },
    ],
  ]);
});

test('the same deployment again changes nothing and proves nothing more', async () => {
  await deploy([file('births')]);
  await deploy([file('births')]);
  expect((await resources.latest(resource('births')))?.version).toBe(1);
  expect(journal.evidence).toHaveLength(1);
});

test('a definition that its provider has published since is left alone', async () => {
  await deploy([file('births')]);
  resources.give(aResourceVersion({ resourceId: resource('births'), version: 2, definition: other }));
  await deploy([file('births', aDefinition({ title: '第三' }))]);
  expect(await titles('births')).toEqual(['另一']);
});

test('what was retired is not published again, whatever the deployment carries', async () => {
  await deploy([file('births')]);
  const standing = (await resources.standing(resource('births')))!;
  const ports = { clock: testClock(), ids: countingIds(500), timeZone: 'Asia/Shanghai' };
  const actor = { department: standing.latest.provider, session: 'clerk-7' };
  const retirement = { reason: 'gone', by: standing.latest.provider };
  await resources.end(retirementOf(ports, standing, retirement, actor, '2026-12-01T01:00:00.000Z'));
  await deploy([file('births', other)]);
  expect(await titles('births')).toEqual([aDefinition().title]);
});

test('a department that the registry closed has its resources retired, and gets no new ones', async () => {
  await deploy([file('births')]);
  registry = [
    { id: aDefinition().provider, name: '质监', nameEn: 'Quality', roles: ['department'], closed: '2026-11-30' },
  ];
  await deploy([file('births', other), file('deaths')]);
  expect(await titles('births', 'deaths')).toEqual([aDefinition().title, undefined]);
  expect((await resources.standing(resource('births')))?.retirement).toMatchObject({ by: 'hub' });
});

test('a refused definition is named, and holds up no other', async () => {
  await expect(deploy([file('births', broken), file('deaths')])).rejects.toThrow(
    'definitions of the deployment are refused: births (invalid-definition)',
  );
  expect(await titles('births', 'deaths')).toEqual([undefined, aDefinition().title]);
  expect(log.lines).toContainEqual({
    level: 'error',
    message: 'definition refused',
    about: { resourceId: 'births', code: 'invalid-definition', violations: expect.any(Array) },
  });
});

/** A provider publishes right before the deployment's first tries to. */
const withRivals = (titlesOfRivals: readonly string[]): Resources => {
  const left = [...titlesOfRivals];
  return {
    ...resources,
    publish: async (publication) => {
      const title = left.shift();
      if (title !== undefined) {
        const { resourceId, version } = publication.version;
        resources.give(
          aResourceVersion({ resourceId, version, publishedBy: 'deployment', definition: aDefinition({ title }) }),
        );
      }
      return resources.publish(publication);
    },
  };
};

test('whoever publishes at the same time is looked at once more, and what is decided then counts', async () => {
  await deploy([file('births')], withRivals(['另一']));
  const latest = await resources.latest(resource('births'));
  expect([latest?.version, latest?.definition.title]).toEqual([2, aDefinition().title]);
});

test('two deployments at once are one publication', async () => {
  await deploy([file('births')], withRivals([aDefinition().title]));
  expect((await resources.latest(resource('births')))?.version).toBe(1);
});

test('who is overtaken again and again gives up, and the next hour tries anew', async () => {
  await expect(deploy([file('births'), file('deaths', other)], withRivals(['一', '二', '三']))).rejects.toThrow(
    'settling the definitions of the deployment: 1 failed',
  );
  expect(log.lines.find(({ level }) => level === 'error')).toMatchObject({
    about: { error: { message: 'births was published by others 3 times meanwhile' } },
  });
  expect(await titles('deaths')).toEqual([other.title]);
});
