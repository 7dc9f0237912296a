import { fromIni } from '@aws-sdk/credential-providers';
import { HubClient } from '../protocol/hub-client.ts';
import type { LocalHub } from './hub-file.ts';

export const credentialsOf = (hub: LocalHub, department: string) =>
  fromIni({ profile: department, filepath: hub.credentials });

export const connectAs = (hub: LocalHub, department: string): HubClient =>
  new HubClient({ api: hub.api, region: hub.region, credentials: credentialsOf(hub, department) });
