import type { FileHandle } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { FileAppender } from '../../../../infra/local/aws/s3/file-appender.ts';

/** A file that takes so many bytes a write, and says how many pieces each write brought. */
function file(bytesAWrite: number, fault?: Error) {
  const taken: Buffer[] = [];
  const brought: number[] = [];
  const writev = async (pieces: readonly Buffer[]) => {
    brought.push(pieces.length);
    const bytes = Buffer.concat(pieces).subarray(0, bytesAWrite);
    await turn();
    if (fault) throw fault;
    taken.push(bytes);
    return { bytesWritten: bytes.length };
  };
  return { handle: { writev } as unknown as FileHandle, content: () => Buffer.concat(taken).toString(), brought };
}

const PIECES = ['a', 'bc', 'def', 'ghij', 'klmno', 'p', 'qrstuvwxyz'];

test.each([1, 2, 3, 5, 1000])('pieces stand one behind the other where a write takes %s bytes', async (bytesAWrite) => {
  const { handle, content } = file(bytesAWrite);
  const out = new FileAppender(handle);
  for (const piece of PIECES) {
    out.add(Buffer.from(piece));
    if (piece.length % 2 === 0) await turn();
  }
  await out.written();
  expect(content()).toBe('abcdefghijklmnopqrstuvwxyz');
});

test('what is added in any turn after all was written is written, too', async () => {
  const { handle, content } = file(1000);
  const out = new FileAppender(handle);
  let added = '';
  for (let turns = 0; turns < 12; turns += 1) {
    out.add(Buffer.from('x'));
    added += 'x';
    for (let rest = 0; rest < turns % 4; rest += 1) await Promise.resolve();
    if (turns % 3 === 0) await out.written();
  }
  await out.written();
  expect(content()).toBe(added);
});

test('pieces go together: those that are worth a write as soon as they are, the others at the end', async () => {
  const { handle, brought } = file(Number.POSITIVE_INFINITY);
  const out = new FileAppender(handle);
  for (let piece = 0; piece < 11; piece += 1) out.add(Buffer.alloc(128 * 1024));
  expect(brought).toEqual([4]);
  await turn();
  await turn();
  expect(brought).toEqual([4, 7]);
  for (const piece of PIECES) out.add(Buffer.from(piece));
  await turn();
  expect(brought).toEqual([4, 7]);
  await out.written();
  expect(brought).toEqual([4, 7, PIECES.length]);
});

test('it is full while a mebibyte waits', async () => {
  const out = new FileAppender(file(Number.POSITIVE_INFINITY).handle);
  out.add(Buffer.alloc(1024 * 1024 - 1));
  expect(out.full).toBe(false);
  out.add(Buffer.alloc(1));
  expect(out.full).toBe(true);
  await out.written();
  expect(out.full).toBe(false);
});

test('what a write met is thrown to whoever waits, also later', async () => {
  const out = new FileAppender(file(1000, new Error('disk full')).handle);
  out.add(Buffer.from('a'));
  await expect(out.written()).rejects.toThrow('disk full');
  await expect(out.written()).rejects.toThrow('disk full');
});
