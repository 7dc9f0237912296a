import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { factsOf, putFile } from '../../clients/node/file.ts';
import { verdict } from '../../clients/node/steward.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { aDefinition } from '../support/builders.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const definition = aDefinition({
  provider: 'quality',
  tolerance: 0.5,
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'string', constraints: { required: true, pattern: 'C\\d{3}' } },
      { name: 'name', type: 'string' },
      { name: 'since', type: 'date' },
      { name: 'phone', type: 'string', sensitivity: 'personal' },
    ],
  },
} as never);

const header = 'code,name,since,phone\n';
const good = (number: number) =>
  `C${String(number).padStart(3, '0')},"Name, ${number}",2026-01-0${number},010-6500${number}\n`;
/** Six good records and three bad ones: a date, a code, a date. */
const original =
  header +
  [
    good(1),
    'C002,Two,31/01/2026,010-65001111\n',
    good(3),
    'X004,Four,2026-01-04,010-65002222\n',
    good(5),
    good(6),
    'C007,Seven,,\n',
    good(8),
    'C009,Nine,2026-13-01,010-65003333\n',
  ].join('');
const accepted = header + [good(1), good(3), good(5), good(6), 'C007,Seven,,\n', good(8)].join('');
const digest = (text: string) => createHash('sha256').update(text).digest('base64');
/** With its byte order mark, which `text()` would leave out. */
const textOf = async (told: { readonly url: string } | undefined): Promise<string> =>
  Buffer.from(await (await fetch(told?.url ?? '')).arrayBuffer()).toString('utf8');

/** What the steward of quality does with such files. */
function stewardIn({ city }: Place) {
  async function published(resourceId: string, consumer?: string): Promise<void> {
    await city.publish('quality', resourceId, definition);
    if (consumer !== undefined)
      await city.agree(consumer, 'quality', resourceId, { fields: ['code', 'name', 'since', 'phone'] });
  }

  const announcement = async (resourceId: string, content: string, fixes: string) => {
    const file = await city.file(content);
    return { file, sent: { body: { resourceId, fixes, ...(await factsOf(file)) } } };
  };

  const announce = async (resourceId: string, content: string, fixes: string) => {
    const { file, sent } = await announcement(resourceId, content, fixes);
    const { uploadId, put } = await city.as('quality').call(routes.announceUpload, sent);
    return { uploadId, send: () => putFile(put!, file) };
  };

  async function fix(resourceId: string, content: string, fixes: string): Promise<Upload> {
    const { uploadId, send } = await announce(resourceId, content, fixes);
    await send();
    return verdict(city.as('quality'), uploadId);
  }

  const refused = async (resourceId: string, content: string, fixes: string, as = 'quality') => {
    const { sent } = await announcement(resourceId, content, fixes);
    return problemOf(await city.as(as).ask(routes.announceUpload, sent));
  };

  const brokenRules = async (...announced: Parameters<typeof refused>) => {
    const { status, code, violations = [] } = await refused(...announced);
    return [status, code, ...violations.map(({ path, rule }) => `${path} ${rule}`)];
  };

  return { published, announce, fix, refused, brokenRules };
}

/** No log line of any function holds a value of a record. */
async function nothingIsLogged({ hub }: Place): Promise<void> {
  expect(await hub.functionLogs()).not.toMatch(/010-6500|31\/01\/2026|31\.01\.2026|2026-99-01|Seven/);
}

/** A steward mends what was rejected, and it joins the dataset. */
export async function rejectedRecordsMended(place: Place): Promise<void> {
  const { city } = place;
  const { published, fix, brokenRules } = stewardIn(place);
  await published('mended', 'command-snow');
  const first = await city.upload('quality', 'mended', original);
  const fixFile = await textOf(first.fixFile);
  await city.receive('command-snow');

  await step(
    'a steward gets, beside the report, a file of the rejected records as they came, unmasked, each with what is wrong',
    () => {
      expect(first).toMatchObject({
        state: 'accepted',
        datasetVersion: 1,
        rows: { read: 9, accepted: 6, rejected: 3 },
      });
      const lines = fixFile.trimEnd().split('\n');
      expect(lines[0]).toBe('\uFEFFcode,name,since,phone,errors');
      expect(lines.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual([
        'C002,Two,31/01/2026,010-65001111',
        'X004,Four,2026-01-04,010-65002222',
        'C009,Nine,2026-13-01,010-65003333',
      ]);
      for (const [index, wrong] of ['since: type', 'code: pattern', 'since: type'].entries())
        expect(lines[index + 1]).toContain(wrong);
    },
  );

  await step(
    'two of three are mended: they join the dataset behind its own records, and the consumer gets all of it',
    async () => {
      const mended = fixFile
        .replace('31/01/2026', '2026-01-31')
        .replace('X004', 'C004')
        .replace('2026-13-01', '2026-99-01');
      const second = await fix('mended', mended, first.uploadId);
      expect(second).toMatchObject({
        state: 'accepted',
        datasetVersion: 2,
        fixes: first.uploadId,
        sequence: 2,
        rows: { read: 3, accepted: 2, rejected: 1 },
      });
      const whole = accepted + 'C002,Two,2026-01-31,010-65001111\nC004,Four,2026-01-04,010-65002222\n';
      const [delivered] = await city.receive('command-snow');
      expect(delivered!.text).toBe(whole);
      expect(delivered!.notice).toMatchObject({ datasetVersion: 2, rows: 8, sha256: digest(whole) });

      const still = await textOf(second.fixFile);
      expect(still.trimEnd().split('\n')).toHaveLength(2);
      const third = await fix('mended', still.replace('2026-99-01', '2026-09-01'), second.uploadId);
      expect(third).toMatchObject({
        state: 'accepted',
        datasetVersion: 3,
        rows: { read: 1, accepted: 1, rejected: 0 },
      });
      expect(third.fixFile).toBeUndefined();
      expect((await city.receive('command-snow'))[0]!.text).toBe(`${whole}C009,Nine,2026-09-01,010-65003333\n`);
      expect(await brokenRules('mended', still, third.uploadId)).toEqual([
        422,
        'invalid-upload',
        '/fixes nothing-to-fix',
      ]);
    },
  );
  await step('no value is logged', () => nothingIsLogged(place));
}

/** Mended records that cannot join: wrong again, too late, or of another upload. */
export async function mendedRecordsRefused(place: Place): Promise<void> {
  const { city } = place;
  const { published, announce, fix, refused, brokenRules } = stewardIn(place);
  const resourceId = 'not-joined';
  await published(resourceId);
  const rejected = await city.upload('quality', resourceId, original);

  await step('with none right, the dataset stays, and the refusal says how to go on', async () => {
    const end = await fix(resourceId, `${header}C002,Two,31.01.2026,\n`, rejected.uploadId);
    expect(end).toMatchObject({
      state: 'refused',
      refusal: { code: 'too-many-rejections', detail: expect.stringContaining(rejected.uploadId) },
    });
    expect(await textOf(end.fixFile)).toContain('C002,Two,31.01.2026');
    expect(await brokenRules(resourceId, 'x', end.uploadId)).toEqual([
      422,
      'invalid-upload',
      '/fixes refused-as-a-whole',
    ]);
  });

  await step('a record whose key the dataset has is not unique', async () => {
    const end = await fix(resourceId, `${header}C003,Two,2026-01-31,\n`, rejected.uploadId);
    expect(end).toMatchObject({
      state: 'refused',
      rows: { read: 1, accepted: 0, rejected: 1 },
      violations: [{ field: 'code', rule: 'unique', count: 1, firstLine: 2 }],
    });
  });

  for (const [what, other, rule] of [
    [
      'of another resource of the same department',
      async () => {
        await published('other-resource');
        return (await city.upload('quality', 'other-resource', original)).uploadId;
      },
      'other-resource',
    ],
    ['that does not exist', async () => '01JD0000000000000000000999', 'not-yours'],
  ] as const)
    await step(`an upload ${what} cannot be named`, async () => {
      expect(await brokenRules(resourceId, 'x', await other())).toEqual([422, 'invalid-upload', `/fixes ${rule}`]);
    });

  await step('another department’s upload looks like one that does not exist', async () => {
    await city.publish('tax', 'of-tax', { ...(definition as object), provider: 'tax' });
    const ofTax = await city.upload('tax', 'of-tax', original);
    const answers = await Promise.all(
      [ofTax.uploadId, '01JD0000000000000000000999'].map((id) => refused(resourceId, 'x', id)),
    );
    expect(answers.map(({ violations, detail }) => [violations, detail])[0]).toEqual([
      answers[1]!.violations,
      answers[1]!.detail,
    ]);
    expect(answers[0]!.violations).toMatchObject([{ path: '/fixes', rule: 'not-yours' }]);
  });

  await step(
    'once a newer whole file is in force, it is too late: to announce them, and for those announced before',
    async () => {
      await published('outdated');
      const older = await city.upload('quality', 'outdated', original);
      const late = await announce('outdated', `${header}C002,Two,2026-01-31,\n`, older.uploadId);
      const newer = await city.upload('quality', 'outdated', original);
      expect(newer).toMatchObject({ state: 'accepted', datasetVersion: 2 });
      await late.send();
      expect(await verdict(city.as('quality'), late.uploadId)).toMatchObject({
        state: 'refused',
        refusal: { code: 'superseded', detail: expect.stringContaining(newer.uploadId) },
      });
      expect(await brokenRules('outdated', 'x', older.uploadId)).toEqual([422, 'invalid-upload', '/fixes outdated']);
    },
  );
  await step('no value is logged', () => nothingIsLogged(place));
}

/** Of two stewards who mend at once one is first; the other, told so, follows. */
export async function mendedAtOnce(place: Place): Promise<void> {
  const { city } = place;
  const { published, announce, fix } = stewardIn(place);
  await published('at-once', 'command-rail-transit');
  const first = await city.upload('quality', 'at-once', original);
  const files = [`${header}C002,Two,2026-01-31,\n`, `${header}C004,Four,2026-01-04,\n`];
  const announced = await Promise.all(files.map((file) => announce('at-once', file, first.uploadId)));
  await Promise.all(announced.map(({ send }) => send()));
  const ends = await Promise.all(announced.map(({ uploadId }) => verdict(city.as('quality'), uploadId)));
  const won = ends.findIndex(({ state }) => state === 'accepted');
  const lost = 1 - won;
  expect(ends[won]).toMatchObject({ state: 'accepted', datasetVersion: 2 });
  expect(ends[lost]).toMatchObject({
    state: 'refused',
    refusal: { code: 'superseded', detail: expect.stringContaining(`"fixes": "${ends[won]!.uploadId}"`) },
  });

  expect(await fix('at-once', files[lost]!, ends[won]!.uploadId)).toMatchObject({
    state: 'accepted',
    datasetVersion: 3,
  });
  const records = (text: string) => text.trimEnd().split('\n').slice(1);
  const delivered = await city.receive('command-rail-transit', 3);
  const newest = delivered.find(({ notice }) => notice.datasetVersion === 3);
  expect(newest?.text).toBe(accepted + files[won]!.slice(header.length) + files[lost]!.slice(header.length));
  expect(delivered.map(({ text }) => records(text).length).sort((a, b) => a - b)).toEqual([6, 7, 8]);

  await nothingIsLogged(place);
}
