import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleClient } from './bundle.ts';
import { BUNDLE, manifest, START } from './manifest.ts';
import { noticesOf } from './notices.ts';

/**
 * Half of a start would be compiling: Node 22 and later keep what was compiled, in the package's own folder. Where that is not
 * theirs to write they do without; others' folders for temporary files are not to be trusted with code.
 */
const start = `#!/usr/bin/env node
require('node:module').enableCompileCache?.(require('node:path').join(__dirname, '.compiled'));
require('./${BUNDLE}');
`;

const root = resolve(import.meta.dirname, '../..');

/** Writes the package into a folder, anew. */
export async function writePackage(folder: string): Promise<void> {
  const { code, sources } = await bundleClient();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, START), start, { mode: 0o755 });
  await writeFile(join(folder, BUNDLE), code);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'NOTICES.txt'), await noticesOf(sources));
  for (const [from, to] of [
    ['clients/package/README.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ] as const)
    await copyFile(join(root, from), join(folder, to));
}

export interface Tarball {
  readonly file: string;
  /** Bytes of the tarball, and of what it unpacks to. */
  readonly size: number;
  readonly unpackedSize: number;
}

/** Packs it as a registry would, into the folder beside. npm's own scripts are not run: there are none. */
export function pack(folder: string, into: string): Tarball {
  const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // npm 10 and before say a list, later ones by name.
  const [packed] = Object.values(JSON.parse(said) as Record<string, Packed>);
  if (!packed) throw new Error(`npm packed nothing: ${said}`);
  const { filename, size, unpackedSize } = packed;
  return { file: join(into, filename), size, unpackedSize };
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
}
