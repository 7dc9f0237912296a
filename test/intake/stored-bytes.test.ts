import { expect, test } from '@jest/globals';
import type { CheckedObjects } from '../../functions/intake/ports.ts';
import { anIntake, good } from './hub.ts';
import { announcedInSegments, pieces } from './in-segments.ts';

/** From now on the store says that it keeps some bytes more, or fewer, than it was given. */
function losing(checked: CheckedObjects, bytes: number, isMeant: (key: string) => boolean): void {
  const open = checked.open.bind(checked);
  Object.assign(checked, {
    open: (key: string) => {
      const writer = open(key);
      if (!isMeant(key)) return writer;
      const close = async () => {
        const stored = await writer.close();
        return { ...stored, bytes: stored.bytes + bytes };
      };
      return { ...writer, close };
    },
  });
}

test.each([-1, 1])(
  'a dataset that is not stored byte for byte as it was checked comes into force for nobody: %d',
  async (bytes) => {
    const hub = anIntake();
    const upload = hub.arrived(good);
    losing(hub.checked, bytes, (key) => key.startsWith('datasets/'));
    await expect(hub.check({ uploadId: upload.uploadId })).rejects.toThrow('bytes were made and');
    expect([(await hub.upload(upload.uploadId)).state, hub.store.datasets]).toEqual(['checking', []]);
  },
);

test('nor does one of which a segment is not', async () => {
  const hub = anIntake();
  const upload = announcedInSegments(hub, pieces);
  losing(hub.checked, -1, () => true);
  for (let number = 1; number <= pieces.length; number++) await upload.arrives(number);
  const faults: unknown[] = [];
  for (const message of hub.queue.sent.splice(0))
    await hub.check(message).catch((fault: unknown) => faults.push(fault));
  expect(faults.length).toBeGreaterThan(0);
  expect(hub.store.datasets).toEqual([]);
});
