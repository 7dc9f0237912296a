import { describe, expect, test } from '@jest/globals';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { later } from './an-upload.ts';
import { anIntake } from './hub.ts';
import { announcedInSegments, asOneFile, pieces, whatCameOf } from './in-segments.ts';
import { mortal, type Death } from './mortal.ts';

const whole = await asOneFile(anIntake(), pieces);
const all = [1, 2, 3, 4, 5];

test('the file that it is compared with has rejected records and a fix-file', () => {
  expect(whole).toMatchObject({ state: 'accepted', rows: { rejected: 4 }, fixFile: expect.stringContaining('A1,5') });
});

describe('an upload in segments comes to what the file comes to', () => {
  test.each([
    ['in order', all],
    ['the first last', [5, 4, 3, 2, 1]],
    ['each told of twice', [3, 3, 1, 2, 1, 5, 4, 2, 5]],
  ])('arriving %s', async (_, order) => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    for (const number of order) await sent.arrives(number);
    expect(await sent.upload()).toMatchObject({ state: 'received' });
    await hub.drain();
    expect(whatCameOf(hub, await sent.upload())).toEqual(whole);
  });

  test('checked while others are still on their way', async () => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    for (const number of [2, 4, 1, 5, 3]) {
      await sent.arrives(number);
      await hub.drain();
    }
    expect(whatCameOf(hub, await sent.upload())).toEqual(whole);
  });

  test('with every message twice', async () => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    for (const number of all) await sent.arrives(number);
    for (let message = hub.queue.sent.shift(); message; message = hub.queue.sent.shift())
      for (let times = 0; times < 2; times += 1) await hub.check(message);
    expect(whatCameOf(hub, await sent.upload())).toEqual(whole);
    expect(hub.datasets).toHaveLength(1);
  });

  test('though nobody told of anything, and no message came through', async () => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    for (const number of all) sent.put(number);
    for (let rounds = 0; rounds < 8; rounds += 1) {
      hub.queue.sent.length = 0;
      await hub.sweepLater();
      for (const message of hub.queue.sent.splice(0)) await hub.check(message).catch(() => undefined);
      const again = hub.queue.sent.splice(0).filter(({ segment }) => segment !== undefined);
      for (const message of again) await hub.check(message);
    }
    expect(whatCameOf(hub, await sent.upload())).toEqual(whole);
  });
});

test('what a segment holds is the version that came first', async () => {
  const hub = anIntake();
  const sent = announcedInSegments(hub, pieces);
  await sent.arrives(1);
  await sent.arrives(1, 'code,amount\nB1,1\n');
  for (const number of [2, 3, 4, 5]) await sent.arrives(number);
  await hub.drain();
  expect(whatCameOf(hub, await sent.upload())).toEqual(whole);
});

test('nothing but the dataset, the report and the fix-file is left', async () => {
  const hub = anIntake();
  const sent = announcedInSegments(hub, pieces);
  for (const number of all) await sent.arrives(number);
  await hub.drain();
  await hub.settle();
  const { reportKey = '', fixFileKey = '' } = await sent.upload();
  const parts = hub.datasets[0]?.objects.map(({ key }) => key) ?? [];
  expect(Object.keys(hub.checked.visible()).sort()).toEqual([...parts, reportKey, fixFileKey].sort());
  expect(await sent.upload()).not.toHaveProperty('lookAgainAt');
});

describe('it is refused', () => {
  const [first = '', second = '', ...others] = pieces;
  test.each([
    ['segment-cut', [first.slice(0, -1), second, ...others]],
    ['segment-cut', [first, 'A4,"4\n', ...others]],
    ['header', ['code,sum\n', second, ...others]],
    ['empty', ['code,amount,phone\n', '\n', '\n']],
    ['too-many-rejections', [first, 'A4,a,\nA5,b,\nA6,c,\nA7,d,\n']],
  ])('as %s', async (code, texts) => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, texts);
    for (const number of texts.keys()) await sent.arrives(number + 1);
    await hub.drain();
    expect(await sent.upload()).toMatchObject({ state: 'refused', refusal: { code } });
    expect(hub.datasets).toEqual([]);
    await hub.settle();
    const { reportKey } = await sent.upload();
    expect(Object.keys(hub.checked.visible())).toEqual(reportKey === undefined ? [] : [reportKey]);
  });

  test.each([
    ['length-mismatch', 'A4,4,\n'],
    ['digest-mismatch', second.replace('A4', 'B4')],
  ])('as %s, before the others have come', async (code, other) => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    await sent.arrives(1);
    await sent.arrives(2, other);
    await hub.drain();
    expect(await sent.upload()).toMatchObject({
      state: 'refused',
      refusal: { code, detail: expect.stringMatching(/^Segment 2: /) },
    });
    await sent.arrives(3);
    expect(hub.queue.sent).toEqual([]);
  });

  test('as expired, where some never came', async () => {
    const hub = anIntake();
    const sent = announcedInSegments(hub, pieces);
    for (const number of [1, 2, 4]) await sent.arrives(number);
    await hub.drain();
    hub.clock.set(later(8 * 86_400));
    await hub.sweep();
    expect(await sent.upload()).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
  });
});

test('a segment that another attempt holds is a fault; one whose lease is over is taken', async () => {
  const hub = anIntake();
  const sent = announcedInSegments(hub, pieces);
  await sent.arrives(1);
  const { uploadId } = sent;
  const segment = await hub.segments.find(uploadId, 1);
  if (!segment) throw new Error('it arrived');
  await hub.segments.put({ ...segment, state: 'checking', epoch: 1, leaseUntil: later(60, hub.clock.now()) }, segment);
  await expect(hub.check({ uploadId, segment: 1 })).rejects.toThrow('is held by attempt 1');
  hub.pass(61);
  await hub.check({ uploadId, segment: 1 });
  expect(await hub.segments.find(uploadId, 1)).toMatchObject({ state: 'checked', epoch: 2 });
});

describe('whatever a check comes to grief at, it comes to the same in the end', () => {
  const two = [`${pieces[0]}${pieces[2]}`, `${pieces[1]}${pieces[4]}\nA16,16,\n`];
  test.each<[Death, 'before' | 'after']>([
    ['process', 'before'],
    ['process', 'after'],
    ['fault', 'before'],
    ['fault', 'after'],
  ])('a %s ends %s a write', async (death, when) => {
    const end = await asOneFile(anIntake(), two);
    for (let nth = 1; ; nth += 1) {
      const hub = anIntake();
      const sent = announcedInSegments(hub, two);
      for (const number of [1, 2]) await sent.arrives(number);
      const dying = mortal(hub.ports, { nth, when, death });
      const check = checkHandler(dying.ports);
      for (let message = hub.queue.sent.shift(); message && !dying.reached(); message = hub.queue.sent.shift())
        await check(message).catch(() => undefined);
      const isReached = dying.reached();
      for (let rounds = 0; rounds < 6; rounds += 1) {
        await hub.drain().catch(() => undefined);
        await hub.sweepLater();
      }
      await hub.drain();
      await hub.settle();
      expect([nth, whatCameOf(hub, await sent.upload())]).toEqual([nth, end]);
      expect(hub.datasets).toHaveLength(1);
      const { reportKey = '', fixFileKey = '' } = await sent.upload();
      const parts = hub.datasets[0]?.objects.map(({ key }) => key) ?? [];
      expect([nth, Object.keys(hub.checked.visible()).sort()]).toEqual([nth, [...parts, reportKey, fixFileKey].sort()]);
      if (!isReached) break;
    }
  });
});
