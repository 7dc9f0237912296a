import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pack, writePackage } from './package-folder.ts';

/*
 * `npm run package`: the command line as a tarball, to install anywhere, in `.build/package/`.
 */
const into = resolve(import.meta.dirname, '../../.build/package');
await mkdir(into, { recursive: true });
await writePackage(join(into, 'cli'));
const { file, size, unpackedSize } = pack(join(into, 'cli'), into);
console.log(`${file}  ${Math.round(size / 1024)} KiB, unpacked ${Math.round(unpackedSize / 1024)} KiB`);
