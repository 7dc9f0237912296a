import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleClient } from './bundle.ts';
import { nodeFolder, type TargetName, targets } from './nodes.ts';
import { noticesOf } from './notices.ts';

/**
 * Writes `hub-TARGET` for each of these targets into a folder, with the notices of what is in them: Node with the bundle
 * within. Whichever machine this is, its own Node makes them all.
 * @returns the files of the executables
 * @throws Error where this machine's own is none of the targets, or a Node cannot be had
 */
export async function writeExecutables(names: readonly TargetName[], into: string): Promise<string[]> {
  const own = ownTarget();
  const { code, sources } = await bundleClient();
  const draft = await mkdtemp(join(into, '.executables-'));
  try {
    const main = join(draft, 'hub.cjs');
    await writeFile(main, code);
    const files: string[] = [];
    for (const name of names) files.push(await makeExecutable(name, { own, main, draft, into }));
    const licence = await readFile(join(nodeFolder(targets[own]), 'LICENSE'), 'utf8');
    await writeFile(
      join(into, 'NOTICES.txt'),
      `${await noticesOf(sources)}\n${'-'.repeat(80)}\n\nNode.js\n\n${licence}`,
    );
    return files;
  } finally {
    await rm(draft, { recursive: true });
  }
}

function ownTarget(): TargetName {
  const name = `${process.platform}-${process.arch}`;
  if (name === 'linux-x64' || name === 'linux-arm64') return name;
  throw new Error(`executables are made on linux-x64 and linux-arm64, and this is ${name}`);
}

interface Making {
  readonly own: TargetName;
  readonly main: string;
  readonly draft: string;
  readonly into: string;
}

async function makeExecutable(name: TargetName, { own, main, draft, into }: Making): Promise<string> {
  const binaryOf = (target: TargetName) => join(nodeFolder(targets[target]), targets[target].binary);
  const file = `hub-${name}${name.startsWith('win-') ? '.exe' : ''}`;
  const config = {
    main,
    executable: binaryOf(name),
    output: join(draft, file),
    disableExperimentalSEAWarning: true,
    // Compiled code is of one machine's kind.
    useCodeCache: name === own,
  };
  const settings = join(draft, `${name}.json`);
  await writeFile(settings, JSON.stringify(config));
  execFileSync(binaryOf(own), ['--build-sea', settings], { stdio: ['ignore', 'ignore', 'inherit'] });
  await rename(config.output, join(into, file));
  return join(into, file);
}
