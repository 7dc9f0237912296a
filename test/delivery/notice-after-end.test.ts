import { expect, test } from '@jest/globals';
import { anId } from '../support/builders.ts';
import { aHub, type TestHub } from './hub.ts';

const id = anId(1);

/** Released, and its notice is still owed, because the mailbox was down. */
async function owingANotice(): Promise<{
  readonly hub: TestHub;
  readonly message: TestHub['queue']['messages'][number];
}> {
  const hub = aHub();
  hub.file({});
  await hub.dispatch(hub.commit(1));
  const [message] = hub.queue.messages;
  hub.mailboxes.breakDown('tax');
  await hub.deliver();
  hub.mailboxes.breakDown(undefined);
  expect(hub.deliveries.map(({ state }) => state)).toEqual(['released']);
  return { hub, message: message! };
}

const ends = {
  'ended, and nobody has reacted': (hub: TestHub) => void hub.end(id),
  'expired, and nobody has reacted': (hub: TestHub) => void hub.end(id, 'expired'),
  suspended: (hub: TestHub) => void hub.suspend(id),
  'at other terms, and nobody has reacted': (hub: TestHub) => void hub.amend(id, { purpose: 'another' }),
} as const;

const senders = {
  sweeper: async ({ hub }: Awaited<ReturnType<typeof owingANotice>>) => {
    // The agreement's own mark is not due yet.
    const kept = hub.store.agreements.get(id)!;
    hub.store.agreements.set(id, { ...kept, due: undefined });
    hub.clock.set('2026-12-01T01:30:00.000Z');
    await hub.sweep();
  },
  'message that comes again': async ({ hub, message }: Awaited<ReturnType<typeof owingANotice>>) => {
    hub.queue.messages.push(message);
    await hub.deliver();
  },
} as const;

test.each(
  Object.entries(ends).flatMap(([end, bring]) =>
    Object.entries(senders).map(([sender, send]) => [sender, end, bring, send] as const),
  ),
)('the %s sends no notice of a delivery whose agreement is %s', async (_sender, _end, bring, send) => {
  const owed = await owingANotice();
  bring(owed.hub);
  await send(owed);
  expect(owed.hub.mailboxes.notices).toEqual([]);
});

test.each(Object.entries(senders))('and the %s does send it while it is in force', async (_sender, send) => {
  const owed = await owingANotice();
  await send(owed);
  expect(owed.hub.mailboxes.notices).toHaveLength(1);
});
