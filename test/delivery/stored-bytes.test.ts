import { expect, test } from '@jest/globals';
import { anId, department } from '../support/builders.ts';
import { aHub } from './hub.ts';

test.each([-1, 1])(
  'an extract that is not stored byte for byte as it was made is granted to nobody: %d',
  async (more) => {
    const hub = aHub();
    hub.agree({});
    hub.agree({ consumer: department('press'), agreementId: anId(2) });
    await hub.dispatch(hub.commit(1));
    const open = hub.objects.open.bind(hub.objects);
    const losing: typeof open = (key) => {
      const writer = open(key);
      const close = async () => {
        const stored = await writer.close();
        return { ...stored, bytes: stored.bytes + more };
      };
      return { ...writer, close };
    };
    Object.assign(hub.objects, { open: losing });
    expect(await hub.deliver()).toBeGreaterThan(0);
    expect([...hub.store.extracts.values()].filter(({ state }) => state === 'ready')).toEqual([]);
    expect(hub.deliveries.map(({ state }) => state)).toEqual(['planned', 'planned']);
    expect(hub.mailboxes.notices).toEqual([]);

    Object.assign(hub.objects, { open });
    expect(await hub.deliver()).toBe(0);
    expect(hub.deliveries.map(({ state }) => state)).toEqual(['noticed', 'noticed']);
  },
);
