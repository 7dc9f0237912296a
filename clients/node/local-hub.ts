import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromIni } from '@aws-sdk/credential-providers';
import { HubClient } from '../protocol/hub-client.ts';

/** `hub.json`, which a local hub writes when it is ready. */
export interface LocalHub {
  readonly api: string;
  readonly aws: string;
  readonly region: string;
  readonly credentials: string;
  readonly departments: readonly string[];
}

export const readLocalHub = async (dataDir: string): Promise<LocalHub> =>
  JSON.parse(await readFile(join(dataDir, 'hub.json'), 'utf8')) as LocalHub;

export const credentialsOf = (hub: LocalHub, department: string) =>
  fromIni({ profile: department, filepath: hub.credentials });

export const connectAs = (hub: LocalHub, department: string): HubClient =>
  new HubClient({ api: hub.api, region: hub.region, credentials: credentialsOf(hub, department) });
