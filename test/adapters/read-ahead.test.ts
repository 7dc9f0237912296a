import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { readAhead } from '../../functions/adapters/s3/read-ahead.ts';

const TEN = Array.from({ length: 10 }, (_, index) => Buffer.alloc(100, index));

/** A body that says how many of its chunks were asked for. */
function body(chunks: readonly Buffer[], fault?: Error) {
  const asked: number[] = [];
  let at = 0;
  const stream = new Readable({
    highWaterMark: 1,
    read() {
      const chunk = chunks[at++];
      asked.push(at);
      if (!chunk && fault) this.destroy(fault);
      else this.push(chunk ?? null);
    },
  });
  return { stream, asked };
}

const settled = async (done: () => boolean) => {
  for (let turns = 0; turns < 1000 && !done(); turns += 1) await turn();
};

test('a body goes on coming while its reader works, and stops where enough waits', async () => {
  const { stream, asked } = body(TEN);
  const chunks = readAhead(stream, 300);
  expect((await chunks.next()).value).toEqual(TEN[0]);
  await settled(() => asked.length >= 4);
  // More turns than it would take to read all of it.
  await settled(() => false);
  expect(asked.length).toBeGreaterThanOrEqual(4);
  expect(asked.length).toBeLessThanOrEqual(6);
  const rest: Uint8Array[] = [];
  for await (const chunk of chunks) rest.push(chunk);
  expect(Buffer.concat(rest)).toEqual(Buffer.concat(TEN.slice(1)));
});

test('a fault comes after all bytes that came before it', async () => {
  const { stream } = body(TEN, new Error('connection broke'));
  const got: Uint8Array[] = [];
  const read = async () => {
    for await (const chunk of readAhead(stream, 1e6)) {
      got.push(chunk);
      await settled(() => stream.destroyed);
    }
  };
  await expect(read()).rejects.toThrow('connection broke');
  expect(Buffer.concat(got)).toEqual(Buffer.concat(TEN));
});

test('a body that is closed before its end is a fault', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push(TEN[0]);
  const read = async () => {
    for await (const _ of readAhead(stream, 1e6)) stream.destroy();
  };
  await expect(read()).rejects.toThrow('closed before its end');
});

test('whoever leaves before the end ends the body', async () => {
  const { stream } = body(TEN);
  for await (const _ of readAhead(stream, 300)) break;
  expect(stream.destroyed).toBe(true);
});
