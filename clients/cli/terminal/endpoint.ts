import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readLocalHub, type LocalHub } from '../../node/hub-file.ts';
import { profileSettings, type Settings } from './aws-profile.ts';
import { exit, Failure } from './failure.ts';

export interface EndpointOptions {
  readonly api?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** A folder with `hub.json`. */
  readonly local?: string | undefined;
}

export interface Endpoint {
  readonly api: string;
  readonly region: string;
  readonly profile: string | undefined;
  /** The credentials file of a local hub; otherwise the standard AWS chain is asked. */
  readonly credentials: string | undefined;
  readonly source: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Which hub: `--api`, `--local`, `HUB_API`, the setting `hub_api` of the AWS profile, the nearest `.hub/hub.json`
 * at or above the working folder; the first that is there.
 */
export async function findEndpoint(options: EndpointOptions, env: Env, folder: string): Promise<Endpoint> {
  const profile = options.profile ?? env['AWS_PROFILE'];
  const settings = await profileSettings(profile ?? 'default', env);
  const remote = (api: string, source: string): Endpoint => ({
    api: addressOf(api, source),
    region: regionOf(api, options, settings, env),
    profile,
    credentials: undefined,
    source,
  });
  if (options.api) return remote(options.api, '--api');
  if (options.local) return localEndpoint(options.local, options, env);
  if (env['HUB_API']) return remote(env['HUB_API'], 'HUB_API');
  if (settings['hub_api']) return remote(settings['hub_api'], `hub_api of the AWS profile ${profile ?? 'default'}`);
  const nearest = await nearestLocal(folder);
  if (nearest) return localEndpoint(nearest, options, env);
  throw new Failure({
    what: 'No hub is named and none runs here.',
    code: 'no-hub',
    next: [
      'On AWS: hub --api https://… me, or export HUB_API=https://…, or put hub_api = https://… into the AWS profile.',
      'On this machine: npm start in the project folder starts a local hub, which is then found in .hub/hub.json.',
    ],
    exit: exit.unreachable,
  });
}

function addressOf(api: string, source: string): string {
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol)) {
    throw new Failure({
      what: `${source} is not the address of a hub: ${api}`,
      code: 'bad-address',
      next: ['Give it as the deployment printed it, e.g. https://abc123.execute-api.…/prod'],
      exit: exit.usage,
    });
  }
  return api.replace(/\/+$/, '');
}

/** The host of an API says its region, unless it has a domain of its own. */
function regionOf(api: string, options: EndpointOptions, settings: Settings, env: Env): string {
  const inHost = /\.execute-api\.([a-z0-9-]+)\./.exec(api)?.[1];
  return (
    options.region ?? inHost ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? settings['region'] ?? 'us-east-1'
  );
}

async function nearestLocal(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const data = join(at, '.hub');
    if (await isThere(join(data, 'hub.json'))) return data;
    if (dirname(at) === at) return undefined;
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function localEndpoint(data: string, { profile, region }: EndpointOptions, env: Env): Promise<Endpoint> {
  const hub = await localHub(data);
  const department = profile ?? env['AWS_PROFILE'] ?? env['HUB_DEPARTMENT'];
  if (department === undefined || !hub.departments.includes(department)) throw unknownDepartment(department, hub);
  const source = join(resolve(data), 'hub.json');
  return { api: hub.api, region: region ?? hub.region, profile: department, credentials: hub.credentials, source };
}

async function localHub(data: string): Promise<LocalHub> {
  try {
    return await readLocalHub(data);
  } catch (cause) {
    const what = `No local hub is running on ${data}: there is no hub.json in it.`;
    const next = ['Start one with npm start -- --data DIR and give the same folder to --local.'];
    throw new Failure({ what, code: 'no-hub', next, exit: exit.unreachable }, { cause });
  }
}

function unknownDepartment(department: string | undefined, { departments }: LocalHub): Failure {
  const what =
    department === undefined
      ? 'Say which department you are.'
      : `The local hub has no department ${department}, so there are no credentials for it.`;
  return new Failure({
    what,
    code: 'no-such-profile',
    next: [
      'Add --profile DEPARTMENT, or export AWS_PROFILE or HUB_DEPARTMENT.',
      `Departments of this hub: ${some(departments)}.`,
    ],
    exit: exit.usage,
  });
}

const MANY = 12;

const some = (names: readonly string[]): string =>
  names.length <= MANY ? names.join(', ') : `${names.slice(0, MANY).join(', ')} and ${names.length - MANY} more`;
