import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeExecutables } from './executables.ts';
import { type TargetName, targets } from './nodes.ts';

/*
 * `npm run package:executables`: the command line as files that need no Node, in `.build/executables/`.
 */
const into = resolve(import.meta.dirname, '../../.build/executables');
await mkdir(into, { recursive: true });
for (const file of await writeExecutables(Object.keys(targets) as TargetName[], into))
  console.log(`${file}  ${Math.round((await stat(file)).size / 1024 ** 2)} MiB`);
