import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reactions } from '../../schemas/contracts/events.ts';
import { bundleFunctions, type Bundle } from '../../infra/bundle/functions.ts';
import { entries, functionNames } from '../../infra/bundle/catalogue.ts';
import { NATIVE_PACKAGE, withDatabase } from '../../infra/bundle/natives.ts';
import { settingsFrom } from '../../infra/settings.ts';

let folder: string;
let bundle: Bundle;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-bundle-'));
  bundle = await bundleFunctions(settingsFrom({}));
});
afterAll(() => {
  bundle.remove();
  rmSync(folder, { recursive: true, force: true });
});

function functionsWith(content: (entry: string) => string | undefined): string {
  const functions = mkdtempSync(join(folder, 'functions-'));
  for (const entry of Object.values(entries)) {
    const source = content(entry);
    if (source === undefined) continue;
    mkdirSync(dirname(join(functions, entry)), { recursive: true });
    writeFileSync(join(functions, entry), source);
  }
  return functions;
}

/** What `handler` is in each bundle, loaded by Node itself, away from the project's own dependencies. */
function loaded(): Record<string, string> {
  const urls = functionNames.map((name) => [name, pathToFileURL(join(bundle.folderOf(name), 'index.mjs')).href]);
  const script = `
    const loaded = await Promise.all(${JSON.stringify(urls)}.map(async ([name, url]) => [name, typeof (await import(url)).handler]));
    console.log(JSON.stringify(Object.fromEntries(loaded)));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    }),
  ) as Record<string, string>;
}

const environment = {
  AWS_REGION: 'cn-north-1',
  HUB_STAGE: 'dev',
  HUB_PARTITION: 'aws-cn',
  HUB_ACCOUNT: '111122223333',
  HUB_DEPARTMENT_RATE: '50',
  HUB_DEPARTMENT_BURST: '200',
  HUB_TIME_ZONE: 'Asia/Shanghai',
  HUB_TABLE: 'hub-dev',
  HUB_INTAKE_BUCKET: 'intake',
  HUB_DATASETS_BUCKET: 'datasets',
  HUB_DELIVERIES_BUCKET: 'deliveries',
  HUB_EVENT_QUEUE_URL: 'https://queues/dispatch',
  HUB_EVENT_QUEUE_URLS: JSON.stringify(
    Object.fromEntries(Object.keys(reactions).map((name) => [name, `https://queues/${name}`])),
  ),
  HUB_INTAKE_QUEUE_URL: 'https://queues/intake',
  HUB_LARGE_QUEUE_URL: 'https://queues/intake-large.fifo',
  HUB_LARGE_TURNS: '8',
  HUB_DELIVERY_QUEUE_URL: 'https://queues/delivery',
  HUB_LARGE_DELIVERY_QUEUE_URL: 'https://queues/delivery-large',
  HUB_COMPARISONS_QUEUE_URL: 'https://queues/comparisons',
  HUB_LARGE_COMPARISONS_QUEUE_URL: 'https://queues/comparisons-large.fifo',
  HUB_ATHENA_WORKGROUP: 'w',
  HUB_GLUE_DATABASE: 'd',
  HUB_COMPARED_HERE_MB: '3072',
  HUB_LARGE_COMPARISON_TURNS: '2',
  HUB_REPRESENT_QUEUE_URL: 'https://queues/represent',
  HUB_DERIVE_QUEUE_URL: 'https://queues/derive',
  HUB_ATTACHMENTS_KEY: 'arn:aws-cn:kms:cn-north-1:111122223333:key/attachments',
  HUB_COMPARISONS_KEY: 'arn:aws-cn:kms:cn-north-1:111122223333:key/comparisons',
  HUB_LOOKUPS_KEY: 'arn:aws-cn:kms:cn-north-1:111122223333:key/lookups',
  HUB_DATABASE_MEMORY_MB: '2200',
  HUB_DATABASE_SPILL_MB: '5000',
  HUB_MAILBOX_URL_PREFIX: 'https://queues/mailbox-',
};

test('every function of the catalogue loads as Lambda loads it, and has a handler', () => {
  expect(loaded()).toEqual(Object.fromEntries(functionNames.map((name) => [name, 'function'])));
});

test('of DuckDB what is machine code lies beside the functions that have it, and in no other', () => {
  const having = functionNames.filter((name) =>
    existsSync(join(bundle.folderOf(name), 'node_modules', NATIVE_PACKAGE)),
  );
  expect(having).toEqual(withDatabase);
});

test('what is deployed of it is of the version that is here, for Lambda’s architecture, by its digest', () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Lock;
  const { packages } = read('../../infra/bundle/native/package-lock.json');
  const own = read('../../package-lock.json').packages;
  for (const name of [NATIVE_PACKAGE, `${NATIVE_PACKAGE}-linux-arm64`, 'detect-libc']) {
    const [locked, here] = [packages, own].map((all) => all[`node_modules/${name}`]);
    expect([name, locked?.version, locked?.integrity]).toEqual([name, here?.version, here?.integrity]);
    expect(locked?.integrity).toMatch(/^sha512-/);
  }
});

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
}

test('the definitions of the catalog lie beside the function that publishes them, and in no other', () => {
  const having = functionNames.filter((name) => existsSync(join(bundle.folderOf(name), 'catalog.json')));
  expect(having).toEqual(['definitions']);
  const catalog = JSON.parse(readFileSync(join(bundle.folderOf('definitions'), 'catalog.json'), 'utf8')) as object[];
  expect(catalog).toContainEqual({
    resourceId: 'streets',
    body: expect.objectContaining({ provider: 'civil-affairs' }),
  });
});

test('the thread that decodes Parquet files lies beside the functions that read them, and in no other', () => {
  const having = functionNames.filter((name) => existsSync(join(bundle.folderOf(name), 'parquet-worker.mjs')));
  expect(having).toEqual(['check', 'derive', 'compare']);
  const script = `
    import { Worker } from 'node:worker_threads';
    const thread = new Worker(${JSON.stringify(join(bundle.folderOf('check'), 'parquet-worker.mjs'))}, { workerData: { descriptor: -1, size: 0 }, execArgv: [] });
    const answers = [];
    thread.on('message', (answer) => answers.push(answer));
    thread.on('exit', () => console.log(JSON.stringify(answers)));`;
  const answers: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8' }),
  );
  expect(answers).toEqual([{ ready: true }, { refusal: expect.objectContaining({ code: 'unreadable' }) }]);
});

test('a catalog that cannot be published stops the bundling', async () => {
  const catalog = mkdtempSync(join(folder, 'catalog-'));
  writeFileSync(join(catalog, 'streets.json'), '{"title": ""}');
  await expect(bundleFunctions(settingsFrom({ 'hub:catalog': catalog }))).rejects.toThrow(
    /streets\.json: \/title: too_small/,
  );
});

test('a bundle says from which file each of its lines comes', () => {
  const lines = readFileSync(join(bundle.folderOf('receive'), 'index.mjs'), 'utf8').split('\n');
  expect(lines).toContain('// functions/intake/receive.handler.ts');
  expect(lines.some((line) => line.includes('sourceMappingURL'))).toBe(false);
});

test('a bundle has no sources of credentials but the role’s, none of zod’s languages, and loads no undici', () => {
  for (const name of functionNames) {
    const code = readFileSync(join(bundle.folderOf(name), 'index.mjs'), 'utf8');
    const modules = code.match(/^\/\/ node_modules\/\S+$/gm) ?? [];
    expect(modules).toContainEqual(expect.stringContaining('@aws-sdk/credential-provider-env/'));
    const unused = /credential-provider-(?!env\/)|@aws-sdk\/nested-clients\/|zod\/v4\/locales\/(?!en\.js)/;
    expect(modules.filter((module) => unused.test(module))).toEqual([]);
    // To import it is to load undici with it (infra/local/http-alone.mjs); the SDK does so for an endpoint without TLS.
    expect(code).not.toMatch(/^import .* from "node:http";$/m);
  }
});

test('a missing entry is named with its function', async () => {
  const functions = functionsWith((entry) => (entry === entries.check ? undefined : 'export const handler = 1;'));
  await expect(bundleFunctions(settingsFrom({ 'hub:functions': functions }))).rejects.toThrow(
    /missing:\n {2}check: .*intake\/check\.lambda\.ts$/,
  );
});

test('an entry without a handler is named', async () => {
  const functions = functionsWith((entry) =>
    entry === entries.release ? 'export const main = 1;' : 'export const handler = 1;',
  );
  await expect(bundleFunctions(settingsFrom({ 'hub:functions': functions }))).rejects.toThrow(
    /delivery\/release\.lambda\.ts exports no `handler`$/,
  );
});

test('the functions know the departments of the deployment’s registry, and not who acts for them', async () => {
  const registry = join(folder, 'registry.json');
  const onlyOne = { id: 'only-one', name: '一', nameEn: 'One', roles: ['authority'] };
  writeFileSync(
    registry,
    JSON.stringify([{ ...onlyOne, access: { principals: ['111122223333'], externalId: 'known' } }]),
  );
  const catalog = mkdtempSync(join(folder, 'catalog-'));
  const source = join(import.meta.dirname, '../../schemas/registry/departments.ts');
  const functions = functionsWith(
    () => `import { departments } from ${JSON.stringify(source)};\nexport const handler = departments;`,
  );
  const other = await bundleFunctions(
    settingsFrom({ 'hub:functions': functions, 'hub:registry': registry, 'hub:catalog': catalog }),
  );
  expect(readFileSync(join(other.folderOf('receive'), 'index.mjs'), 'utf8')).not.toContain('111122223333');
  const { handler } = (await import(pathToFileURL(join(other.folderOf('receive'), 'index.mjs')).href)) as {
    handler: unknown;
  };
  other.remove();
  expect(handler).toEqual([onlyOne]);
  expect(existsSync(other.folderOf('receive'))).toBe(false);
});
