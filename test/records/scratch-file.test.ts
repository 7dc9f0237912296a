import { readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ScratchFile } from '../../functions/records/scratch/scratch-file.ts';

test('a scratch file gives back what was written, and has no name that could be left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
  const file = new ScratchFile(folder);
  try {
    expect(file.append(Buffer.from('first '))).toBe(0);
    expect(file.append(Buffer.from('second'))).toBe(6);
    const target = Buffer.alloc(20);
    expect(file.read(6, target)).toBe(6);
    expect(target.subarray(0, 6).toString()).toBe('second');
    const large = Buffer.alloc(600_000, 'x');
    file.append(large);
    expect(Buffer.concat(Array.from(file.pieces(), (piece) => Buffer.from(piece)))).toEqual(
      Buffer.concat([Buffer.from('first second'), large]),
    );
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    file.close();
    file.close();
    rmSync(folder, { recursive: true });
  }
});
