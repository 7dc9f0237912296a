import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { madeOnce } from './made-once.ts';

const PROJECT = join(import.meta.dirname, '../..');
const ASSEMBLIES = join(PROJECT, '.build/assemblies');
/** Tests and the local hub are no part of what templates and bundles are made of. */
const LOCAL = join('infra', 'local');

/** Older assemblies than these are removed; a hub that is running may still load functions from a recent one. */
const KEPT = 4;
/** A draft that is older was left by a synthesis that was killed. */
const DRAFT_MS = 3_600_000;

/**
 * The synthesized CDK app, made anew only when something it is made of has changed, by one of the processes that call it
 * at once.
 * @returns the assembly's directory, and whether it was there already.
 * @throws Error with what the synthesis printed.
 */
export async function currentAssembly(): Promise<{ directory: string; reused: boolean }> {
  const directory = join(ASSEMBLIES, sourcesDigest());
  mkdirSync(ASSEMBLIES, { recursive: true });
  const isMade = () => existsSync(join(directory, 'manifest.json'));
  const made = await madeOnce(`${directory}.lock`, isMade, async () => {
    const draft = `${directory}.${process.pid}`;
    await synthesize(draft);
    try {
      renameSync(draft, directory);
    } catch {
      // Another process, which took this one for dead, was quicker with the same content.
      rmSync(draft, { recursive: true, force: true });
    }
    prune();
  });
  return { directory, reused: !made };
}

/** Of everything that templates and bundles are made of. */
function sourcesDigest(): string {
  const files = ['infra', 'functions', 'schemas'].flatMap(filesBelow).concat('package-lock.json').sort();
  const digest = createHash('sha256');
  for (const file of files)
    digest
      .update(`${file}\0`)
      .update(readFileSync(join(PROJECT, file)))
      .update('\0');
  return digest.digest('hex').slice(0, 24);
}

const filesBelow = (folder: string): string[] =>
  readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === LOCAL || entry.name === 'node_modules' ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });

function synthesize(outdir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['infra/app.ts'], {
      cwd: PROJECT,
      // Settings of a deployment are not this hub's, and would not be seen in the digest. The CDK's own check of the
      // templates takes most of the time; `npm run check` does it, and this hub's allow-list is stricter.
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: '{}',
        CDK_VALIDATION: 'false',
        HUB_NATIVE_CODE: 'of-this-machine',
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      rmSync(outdir, { recursive: true, force: true });
      reject(
        new Error(
          `the CDK app (${relative(process.cwd(), join(PROJECT, 'infra/app.ts'))}) could not be synthesized:\n${output.trim()}`,
        ),
      );
    });
  });
}

function prune(): void {
  const all = readdirSync(ASSEMBLIES).map((name) => ({ name, at: statSync(join(ASSEMBLIES, name)).mtimeMs }));
  const finished = all.filter(({ name }) => !isDraft(name)).sort((a, b) => b.at - a.at);
  const abandoned = all.filter(({ name, at }) => isDraft(name) && at < Date.now() - DRAFT_MS);
  for (const { name } of [...finished.slice(KEPT), ...abandoned]) {
    rmSync(join(ASSEMBLIES, name), { recursive: true, force: true });
  }
}

const isDraft = (name: string): boolean => name.includes('.');
