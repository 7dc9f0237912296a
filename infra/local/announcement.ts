import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from './aws/contracts.ts';
import { replaceFile } from './files.ts';

/** What `hub.json` says: it exists while a hub is ready on this data folder. */
export interface Announcement {
  readonly api: string;
  /** S3, SQS, DynamoDB and STS. */
  readonly aws: string;
  readonly region: string;
  /** Absolute path of an AWS shared-credentials file with a profile for each department. */
  readonly credentials: string;
  readonly departments: readonly string[];
  /** Absolute path of the functions' logs. */
  readonly logs: string;
  readonly pid: number;
}

const hubFile = (dataDir: string): string => join(dataDir, 'hub.json');

export const withdraw = (dataDir: string): void => rmSync(hubFile(dataDir), { force: true });

/** Credentials first, `hub.json` last: who sees the one can use the other. */
export function announce(dataDir: string, announcement: Announcement, profiles: ReadonlyMap<string, Principal>): void {
  replaceFile(announcement.credentials, credentialsFile(profiles, announcement.region), 0o600);
  replaceFile(hubFile(dataDir), `${JSON.stringify(announcement, null, 2)}\n`);
}

/** Shared-credentials file of the AWS tools, which take a region from it as well. */
const credentialsFile = (profiles: ReadonlyMap<string, Principal>, region: string): string =>
  [...profiles]
    .map(
      ([profile, { accessKeyId, secretAccessKey }]) =>
        `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\nregion = ${region}\n`,
    )
    .join('\n');
