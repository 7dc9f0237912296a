import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { routes } from '../../clients/protocol/routes.ts';
import type { Place } from '../support/place.ts';
import { jpeg, segment } from '../records/attachments/pictures.ts';
import { zipOf } from '../records/formats/support.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';
import * as register from './upload-restaurants.ts';
import { Tunnel } from './upload-tunnel.ts';

const MiB = 1024 ** 2;

function definition() {
  const known = register.definition();
  const photo = { name: 'photo', title: '门面照片', type: 'string', sensitivity: 'public', reference: 'attachment' };
  return { ...known, tolerance: 0.5, schema: { ...known.schema, fields: [...known.schema.fields, photo] } };
}

const photos = (...names: readonly string[]) => zipOf(names.map((name) => ({ name, content: jpeg() })));

/** `hub upload --content attachments` beside a running hub: archives, one picture by its name, refusals, and going on. */
export function sendingAttachments(at: Place): void {
  let desk: Desk;
  const send = (resource: string) => `upload photos.zip --resource ${resource} --content attachments`;

  beforeEach(async () => {
    desk = await Desk.of(at.hub, 'commerce');
  });
  afterEach(() => desk.leave());

  const newest = async (resourceId: string) =>
    (await at.city.as('commerce').call(routes.listUploads, { query: { resourceId } })).items[0]!;

  test('an archive is accepted, with pictures that are none told by name; one comes by itself, under its name', async () => {
    const recording = new Recording(desk.terminal);
    await at.city.publish('commerce', 'fronts', definition());
    await desk.put(
      'photos.zip',
      zipOf([
        { name: '门面 1', content: jpeg() },
        { name: '门面 2', content: 'no picture' },
        { name: '门面 3', content: jpeg({ width: 3 }) },
      ]),
    );
    await recording.type('commerce', send('fronts'), 0);
    await recording.type('commerce', `--lang zh ${send('fronts')} --strict`, 4);
    expect(await newest('fronts')).toMatchObject({ state: 'accepted', rows: { read: 3, accepted: 2, rejected: 1 } });
    await desk.put('front.jpg', jpeg({ width: 2 }));
    await recording.type('commerce', "upload front.jpg --resource fronts --content attachments --name '门面 2'", 0);
    expect(await newest('fronts')).toMatchObject({ state: 'accepted', rows: { read: 1, accepted: 1, rejected: 0 } });
    await recording.type('commerce', '--lang zh uploads --resource fronts', 0);
    await recording.matches('attachments-accepted');
  });

  test('what is no archive, and what goes to a resource without attachments, is refused with what to do', async () => {
    const recording = new Recording(desk.terminal);
    await at.city.publish('commerce', 'stands', definition());
    await at.city.publish('commerce', 'standless', register.definition());
    await desk.put('photos.zip', 'no archive');
    await recording.type('commerce', send('stands'), 4);
    await recording.type('commerce', `--lang zh ${send('stands')}`, 4);
    await desk.put('photos.zip', photos('门面 1'));
    await recording.type('commerce', send('standless'), 1);
    await recording.type('tax', send('stands'), 1);
    await recording.type('commerce', `${send('stands')} --format csv`, 2);
    await recording.type('commerce', "upload photos.zip --resource stands --name '门面 1'", 2);
    await desk.put('front.jpg', 'no picture');
    await recording.type('commerce', "upload front.jpg --resource stands --content attachments --name '门面 2'", 4);
    await recording.matches('attachments-refused');
  });

  test('an archive whose sending was killed goes on: what is there is not sent again', async () => {
    await at.city.publish('commerce', 'shops', definition());
    const comment = () => segment(0xfe, randomBytes(60_000));
    const names = Array.from({ length: 280 }, (_, index) => `门面 ${index + 1}`);
    const archive = zipOf(names.map((name) => ({ name, content: jpeg({ before: [comment()] }) })));
    await desk.put('photos.zip', archive);
    const tunnel = await Tunnel.open();
    // However late the kill is, the upload has not ended by then.
    tunnel.holdFrom(/^POST \/v1\/uploads\/\w+\/completion/);
    const line = `${send('shops')} --part-size 5`;
    const parts = async () => {
      const [name] = await readdir(desk.journals).catch(() => []);
      return name === undefined
        ? 0
        : ((await desk.read(`.cache/hub/uploads/${name}`)).match(/^part \d+$/gm)?.length ?? 0);
    };
    const twoParts = async () => {
      while ((await parts()) < 2) await pause(5);
    };
    expect((await desk.killed(line, tunnel.env, twoParts())).code).toBe('SIGKILL');
    await tunnel.close();
    const there = await parts();
    const own = await Tunnel.open();
    const again = await desk.hub(line, own.env);
    await own.close();
    expect(again).toMatchObject({ code: 0, err: expect.stringMatching(`${there} of \\d+ parts are there already`) });
    expect(own.sent).toBeLessThan(archive.length - (there - 1) * 5 * MiB);
    expect(await newest('shops')).toMatchObject({
      state: 'accepted',
      bytes: archive.length,
      rows: { read: 280, rejected: 0 },
    });
    expect(await readdir(desk.journals)).toEqual([]);
  });
}
