import { readdirSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { HubClient } from '../../clients/protocol/hub-client.ts';
import type { routes } from '../../clients/protocol/routes.ts';
import type { termsDigestOf } from '../../clients/protocol/terms-digest.ts';
import { termsDigestOf as termsDigestInNode } from '../../clients/protocol/terms-digest.ts';
import type { dutyWords } from '../../clients/words/duties.ts';
import { verifySigV4, type SigV4Outcome } from '../../infra/local/aws/sigv4/verify.ts';
import { anAgreement } from '../support/builders.ts';

interface Client {
  readonly HubClient: typeof HubClient;
  readonly routes: typeof routes;
  readonly termsDigestOf: typeof termsDigestOf;
  readonly dutyWords: typeof dutyWords;
}

const region = 'cn-north-1';
const principal = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  kind: 'department',
  account: '123456789012',
  arn: 'arn:aws:sts::123456789012:assumed-role/hub-test-dept-tax/clerk',
} as const;

let inBrowser: Client;
let outcome: SigV4Outcome | undefined;
let answer: () => Response;

/** What a page has of the things that the client may use, and nothing of Node. */
const globals = {
  crypto,
  TextEncoder,
  TextDecoder,
  URL,
  Headers,
  setTimeout,
  fetch: async (url: URL, { method = 'GET', headers, body }: RequestInit) => {
    outcome = verifySigV4(
      { method, url: url.pathname + url.search, headers: headers as never, body: (body ?? '') as string },
      (id) => (id === principal.accessKeyId ? principal : undefined),
      { clock: () => new Date(), service: 'execute-api', region },
    );
    return answer();
  },
};

beforeAll(async () => {
  const files = ['clients/protocol', 'clients/words'].flatMap((folder) =>
    readdirSync(folder).map((file) => `./${folder}/${file}`),
  );
  const { outputFiles } = await build({
    stdin: { contents: files.map((file) => `export * from '${file}';`).join('\n'), resolveDir: '.' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'client',
    write: false,
  });
  const page = createContext({ ...globals });
  runInContext(outputFiles[0]!.text, page);
  inBrowser = runInContext('client', page) as Client;
});

describe('the client in a browser', () => {
  const connected = () => new inBrowser.HubClient({ api: 'https://hub.example/prod', region, credentials: principal });

  test('signs a call so that a hub takes it', async () => {
    answer = () => Response.json({ agreementId: 'A' }, { status: 201 });
    const sent = { params: { resourceId: '街道 1' }, body: { records: [{ code: '1' }] }, idempotencyKey: 'k' };
    expect(await connected().call(inBrowser.routes.postRecords, sent)).toEqual({ agreementId: 'A' });
    expect(outcome).toMatchObject({ ok: true, principal });
  });

  test('tells a refusal', async () => {
    const problem = { type: 'urn:x', title: 'No', status: 404, code: 'not-found', detail: 'No.' };
    answer = () => Response.json(problem, { status: 404 });
    const query = { text: '街道 a+b' };
    expect(await connected().ask(inBrowser.routes.listResources, { query })).toMatchObject({ ok: false, problem });
    expect(outcome).toMatchObject({ ok: true });
  });

  test('computes the digest of terms as it does elsewhere', async () => {
    const agreement = anAgreement();
    const digest = await termsDigestInNode(agreement);
    expect(digest).toMatch(/=$/);
    expect(await inBrowser.termsDigestOf(agreement)).toBe(digest);
  });

  test('has the words of the command line, in both languages', () => {
    expect(inBrowser.dutyWords('sign')).toEqual({ en: 'sign', zh: '签署' });
  });
});
