import { beforeEach, describe, expect, test } from '@jest/globals';
import { EventNotice } from '../../schemas/contracts/notices.ts';
import type { ResourceMark } from '../../schemas/stored/catalog.ts';
import { deprecationOf, retirementOf } from '../../functions/catalog/ends/end-of-resource.ts';
import type { ResourceAgreements } from '../../functions/catalog/ports.ts';
import { retireOfClosed } from '../../functions/catalog/ends/retire-closed.ts';
import { spreadHandler } from '../../functions/catalog/spread.handler.ts';
import { anAgreement, aDefinition, anId, aResourceVersion, department, resource } from '../support/builders.ts';
import { countingIds, memoryJournal, recordingLog, testClock, type Journal } from '../support/memory/kernel.ts';
import { memoryResources, type MemoryResources } from '../support/memory/resources.ts';

const day = (text: string) => `${text}T01:00:00.000Z`;
const timeZone = 'Asia/Shanghai';
const quality = department('quality');
const actor = { department: quality, session: 'clerk-7' };
const id = resource('legal-entities');
const deprecation = { retireOn: '2027-01-31', reason: 'merged', at: day('2026-12-01'), by: quality };

let journal: Journal;
let resources: MemoryResources;
let log: ReturnType<typeof recordingLog>;
let clock: ReturnType<typeof testClock>;
let consumers: readonly string[];
beforeEach(() => {
  journal = memoryJournal();
  resources = memoryResources(journal);
  log = recordingLog();
  clock = testClock(day('2026-12-01'));
  consumers = ['tax', 'press', 'tax'];
  ended = undefined;
  resources.give(aResourceVersion());
});

const agreements: ResourceAgreements = {
  notOver: async () =>
    consumers.map((consumer, index) => anAgreement({ agreementId: anId(index), consumer: department(consumer) })),
};
/** The version of the resource whose last run found that its source is over. */
let ended: number | undefined;
const derivations = { endedWithSource: async () => ended };
const ports = () => ({
  resources,
  agreements,
  derivations,
  marks: resources.marks,
  clock,
  ids: countingIds(),
  timeZone,
  log,
});
const spread = (changes: Partial<ReturnType<typeof ports>> = {}) => spreadHandler({ ...ports(), ...changes })();
const deprecate = async (changes: Partial<typeof deprecation> = {}) => {
  const standing = (await resources.standing(id))!;
  expect(await resources.end(deprecationOf(ports(), standing, { ...deprecation, ...changes }, actor, undefined))).toBe(
    true,
  );
};
const retire = async () => {
  const standing = (await resources.standing(id))!;
  const end = retirementOf(ports(), standing, { reason: 'gone', by: quality }, actor, clock.now());
  expect(await resources.end(end)).toBe(true);
};
const told = () => resources.marks.told.map(({ to, notice }) => `${to} ${notice.event}`);

describe('the end of a resource is spread', () => {
  test('each consumer with an agreement that is not over is told once of a deprecation', async () => {
    await deprecate();
    await spread();
    await spread();
    expect(told()).toEqual(['tax deprecated', 'press deprecated']);
    expect(EventNotice.parse(resources.marks.told[0]!.notice)).toMatchObject({
      type: 'resource',
      event: 'deprecated',
      at: deprecation.at,
      by: 'quality',
      resourceId: 'legal-entities',
      due: '2027-01-31',
      path: '/v1/resources/legal-entities',
    });
  });
  test('a notice never says why: words are behind its path', async () => {
    await deprecate();
    await spread();
    expect(JSON.stringify(resources.marks.told)).not.toContain('merged');
  });
  test('on its day the hub retires it, for the reason that was stated, and tells of that', async () => {
    await deprecate();
    clock.set('2027-01-30T15:59:59.999Z');
    await spread();
    expect((await resources.standing(id))?.retiredAt).toBeUndefined();
    clock.set('2027-01-30T16:00:00.000Z');
    await spread();
    await spread();
    expect(await resources.standing(id)).toMatchObject({
      retiredAt: '2027-01-30T16:00:00.000Z',
      retirement: { reason: 'merged', by: 'hub' },
    });
    expect(told()).toEqual(['tax deprecated', 'press deprecated', 'tax retired', 'press retired']);
    expect(journal.evidence.map(({ act, actor: by }) => [act, by.department])).toEqual([
      ['resource-deprecated', 'quality'],
      ['resource-retired', 'hub'],
    ]);
  });
  test('a deprecation that was stated anew with a later day counts alone', async () => {
    await deprecate();
    await deprecate({ retireOn: '2027-02-28', at: day('2026-12-02') });
    clock.set(day('2027-02-01'));
    await spread();
    expect((await resources.standing(id))?.retiredAt).toBeUndefined();
    clock.set(day('2027-02-28'));
    await spread();
    expect((await resources.standing(id))?.retiredAt).toBe(day('2027-02-28'));
  });
  test('what ends with its source is retired in words that name no source, and its consumers are told', async () => {
    const own = { ...ports(), resources };
    const [latest] = [(await resources.standing(id))!.latest];
    const mark: ResourceMark = { resourceId: id, event: 'source-ended', at: clock.now(), by: quality };
    const marks = {
      ...resources.marks,
      due: async function* () {
        yield mark;
      },
    };
    // Its owner has published another version since, or has the source again.
    for (const none of [undefined, latest.version + 1]) {
      ended = none;
      await spreadHandler({ ...own, derivations, marks })();
      expect((await resources.standing(id))?.retiredAt).toBeUndefined();
    }
    ended = latest.version;
    await spreadHandler({ ...own, derivations, marks })();
    await spreadHandler({ ...own, derivations, marks })();
    expect(await resources.standing(id)).toMatchObject({
      retiredAt: clock.now(),
      retirement: { by: 'hub', reason: expect.stringContaining('What it was made of has ended') },
    });
    await spread();
    expect(told()).toEqual(['tax retired', 'press retired']);
  });
  test('what its provider retired before that day stays as the provider said', async () => {
    await deprecate();
    await retire();
    clock.set(day('2027-02-01'));
    await spread();
    expect(await resources.standing(id)).toMatchObject({ retirement: { reason: 'gone', by: 'quality' } });
  });
  test('what fails stays marked and holds up no other', async () => {
    resources.give(aResourceVersion({ resourceId: resource('other') }));
    await deprecate();
    await resources.end(
      deprecationOf(ports(), (await resources.standing(resource('other')))!, deprecation, actor, undefined),
    );
    const notOver: ResourceAgreements['notOver'] = async (of) => {
      if (of === id) throw new Error('unreachable');
      return agreements.notOver(of);
    };
    await expect(spread({ agreements: { notOver } })).rejects.toThrow('spreading ends of resources: 1 failed');
    expect(told()).toEqual(['tax deprecated', 'press deprecated']);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
    await spread();
    expect(told()).toHaveLength(4);
  });
  test('a mark that was left anew while it was worked off stays', async () => {
    await deprecate();
    const marks: ResourceMark[] = [];
    for await (const mark of resources.marks.due(clock.now())) marks.push(mark);
    await deprecate({ at: day('2026-12-02') });
    for (const mark of marks) await resources.marks.forget(mark);
    clock.set(day('2026-12-02'));
    await spread();
    expect(told()).toEqual(['tax deprecated', 'press deprecated']);
  });
  test('a hundred consumers are told, too', async () => {
    consumers = Array.from({ length: 120 }, (_, index) => `district-${index}`);
    await deprecate();
    await spread();
    expect(new Set(told()).size).toBe(120);
    expect(new Set(resources.marks.told.map(({ notice }) => notice.noticeId)).size).toBe(120);
  });
});

describe('a department that the registry closed', () => {
  const entry = { id: quality, name: '质量技术监督局', nameEn: 'Quality', roles: ['department' as const] };
  const run = (closed?: string, successor?: string) =>
    retireOfClosed({
      ...ports(),
      departments: [
        {
          ...entry,
          ...(closed !== undefined && { closed }),
          ...(successor !== undefined && { successor: department(successor) }),
        },
      ],
    });
  test('has its resources retired by the hub, which names who succeeds it', async () => {
    resources.give(aResourceVersion({ resourceId: resource('others'), definition: aDefinition({ provider: 'tax' }) }));
    await run('2026-12-01', 'commerce');
    expect(await resources.standing(id)).toMatchObject({ retirement: { by: 'hub' } });
    expect((await resources.standing(id))?.retirement?.reason).toContain('commerce');
    expect((await resources.standing(resource('others')))?.retiredAt).toBeUndefined();
    await spread();
    expect(told()).toEqual(['tax retired', 'press retired']);
  });
  test('is looked at again and again without further effect', async () => {
    await run('2026-11-01');
    await run('2026-11-01');
    expect(journal.evidence.map(({ act, actor: by }) => [act, by])).toEqual([
      ['resource-retired', { department: 'hub', session: 'registry' }],
    ]);
  });
  test.each([[undefined], ['2026-12-02']])('keeps them until then: closed %s', async (closed) => {
    await run(closed);
    expect(journal.evidence).toEqual([]);
  });
});
