import type { Me } from '../../../schemas/contracts/hub.ts';
import type { Mailbox } from '../../node/mailbox.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import type { Credentials } from '../../protocol/signed.ts';
import type { Endpoint } from './endpoint.ts';
import { exit, Failure } from './failure.ts';

/** A connection to a hub as one department. */
export interface Connected {
  readonly client: HubClient;
  readonly api: string;
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
  /** Where the API's address came from, e.g. `--api`, `HUB_API`, `profile tax`, a path of hub.json. */
  readonly source: string;
  me(): Promise<Me>;
  /** The department's mailbox; close it when done. */
  mailbox(): Promise<Mailbox>;
}

/**
 * SDK and client are loaded only by commands that talk to a hub: `hub --help` must not wait for it.
 * @param signal ends calls that are under way
 */
export async function connectTo(endpoint: Endpoint, signal?: AbortSignal): Promise<Connected> {
  const { api, region, source } = endpoint;
  const credentials = await credentialsFor(endpoint);
  const { HubClient } = await import('../../protocol/hub-client.ts');
  const client = new HubClient({ api, region, credentials, signal });
  const me = () => client.call(routes.me, {});
  return {
    client,
    api,
    region,
    credentials,
    source,
    me,
    // The queue's own URL says where its endpoint is, on AWS as on a local hub.
    mailbox: async () => {
      const { Mailbox } = await import('../../node/mailbox.ts');
      const { mailbox } = await me();
      return new Mailbox(mailbox.queueUrl, { endpoint: new URL(mailbox.queueUrl).origin, region, credentials });
    },
  };
}

async function credentialsFor({ profile, credentials }: Endpoint): Promise<() => Promise<Credentials>> {
  const { fromIni, fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const named = profile === undefined ? {} : { profile };
  const provider =
    credentials === undefined ? fromNodeProviderChain(named) : fromIni({ ...named, filepath: credentials });
  return async () => {
    try {
      return await provider();
    } catch (cause) {
      throw noCredentials(profile, cause);
    }
  };
}

function noCredentials(profile: string | undefined, cause: unknown): Failure {
  const next = [
    'Give the AWS profile of your department’s role: --profile NAME or AWS_PROFILE; aws sso login renews a session.',
    'Instance roles, containers and environment keys are found by themselves.',
  ];
  const what =
    profile === undefined
      ? 'There are no AWS credentials to sign with.'
      : `The AWS profile ${profile} gives no credentials to sign with.`;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Failure({ what, why, code: 'no-credentials', next, exit: exit.usage }, { cause });
}
