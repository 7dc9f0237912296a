import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SOFTWARE_VERSION } from '../../schemas/version.ts';
import { Terminal, type Typing } from './terminal.ts';

let terminal: Terminal;
beforeAll(async () => {
  terminal = await Terminal.open();
  await terminal.file('broken.json', '{\n  "title": "x",\n  "provider": }\n');
  await terminal.file('list.json', '[]');
});
afterAll(() => terminal.close());

/** In a process of its own, as people have it; of the tables below only what is typed is another. */
const hub = (line: string, typing?: Typing) => terminal.start(line, typing).printed;

test('without any hub, it says how to name one and how to start one', async () => {
  const { code, out, err } = await hub('me');
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toMatch(/No hub is named and none runs here.*--api https.*HUB_API.*hub_api.*npm start/s);
});

test('a hub that does not answer is told with its address, and what to try', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', HUB_API: 'http://127.0.0.1:59999' };
  const { code, err } = await hub('me', { env });
  expect(code).toBe(3);
  expect(err).toMatch(
    /^hub: The hub at http:\/\/127\.0\.0\.1:59999 cannot be reached\.\n {2}why .*ECONNREFUSED.*\n {2}next .*npm start/s,
  );
});

test('credentials that are not there are named with the profile', async () => {
  const { code, err } = await hub('--api http://127.0.0.1:59999 --profile tax me');
  expect(code).toBe(2);
  expect(err).toMatch(/The AWS profile tax gives no credentials.*why.*next.*--profile NAME/s);
});

const wrongLines: [string, string, RegExp][] = [
  ['an unknown option', 'me --bogus', /Unknown option '--bogus'/],
  ['a misspelt option, with the right one', 'deliveries --unrecieved', /Did you mean --unreceived/],
  ['an unknown command, with the right one', 'resource', /Unknown command 'resource'.*Did you mean resources/s],
  ['a missing argument', 'fetch', /Missing required argument 'delivery'/],
  ['a missing option', 'watch', /Required option '--exec <command>' not specified/],
  [
    'a misspelt option before those that are missing',
    'watch --exc ./load.sh',
    /Unknown option '--exc'.*Did you mean --exec/s,
  ],
  ['all missing options at once', 'catalog deprecate streets', /Required options '--retire-on <day>', '--reason/],
  ['a missing argument before missing options', 'uploads refuse', /Missing required argument/],
  ['a value outside of its choices', 'agreements --state dead', /Allowed choices are proposed, agreed/],
  ['a number outside of its bounds', 'poll --wait 99', /Whole seconds, 0 to 20/],
  ['a filter that is no condition', 'agreements propose streets --filter code --print', /field\^=prefix/],
  ['a mask that is none', 'agreements propose streets --mask phone --print', /field=last4/],
  ['terms that are no object', 'agreements propose streets --terms list.json', /list.json holds no terms/],
  [
    'terms that are nothing at all',
    'agreements propose streets',
    /--fields, --purpose, --basis, --from, --until are missing.*hub resources show streets/s,
  ],
  ['a file that is not there', 'publish nowhere.json', /nowhere.json cannot be read.*ENOENT/s],
  ['standard input without an id', 'publish -', /Add --id RESOURCE/],
  ['an address that is none', '--api hub.example me', /--api is not the address of a hub/],
  [
    'a sheet of a file that has none',
    'check list.json --definition broken.json --sheet 1',
    /--sheet goes with workbooks/,
  ],
  ['mended edits', 'upload list.json --resource x --content changes --fixes ID', /--content changes alone/],
  ['a refusal without a reason', 'uploads refuse ID', /Required option '--reason <text>'/],
  ['a folder without a hub', '--local nowhere me', /No local hub is running on nowhere/],
];
test.each(wrongLines)('%s ends with a usage error that helps', async (_, line, says) => {
  const { code, out, err } = await terminal.hub(line);
  expect(out).toBe('');
  expect(err).toMatch(says);
  expect(err).toMatch(/^hub: /);
  expect(code).toBe(line.startsWith('--local') ? 3 : 2);
});

test.each(wrongLines)('%s is one JSON document with --json', async (_, line) => {
  const { out, err } = await terminal.hub(`${line} --json`);
  expect(out).toBe('');
  expect(JSON.parse(err)).toMatchObject({
    code: expect.any(String),
    what: expect.any(String),
    next: expect.any(Array),
  });
});

test('JSON that is none is told with line and column', async () => {
  const { code, err } = await hub('publish broken.json');
  expect(code).toBe(1);
  expect(err).toContain('broken.json is not JSON at line 3, column 15.');
});

test('with --json an error is one JSON document on standard error', async () => {
  const { code, out, err } = await hub('me --json');
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(JSON.parse(err)).toEqual({ code: 'no-hub', what: expect.any(String), next: expect.any(Array) });
});

test('an error speaks Chinese where the environment does', async () => {
  const { err } = await hub('me', { env: { LANG: 'zh_CN.UTF-8' } });
  expect(err).toContain('下一步');
});

test('there are no colours and no progress where there is no terminal', async () => {
  const { err, out } = await hub('--help');
  expect(err + out).not.toContain('\u001b');
});

test.each([
  'me',
  'departments',
  'resources',
  'resources show',
  'publish',
  'agreements',
  'agreements propose',
  'agreements sign',
  'agreements file',
  'agreements terminate',
  'deliveries',
  'poll',
  'fetch',
  'watch',
  'follow',
  'upload',
  'uploads accept',
  'uploads refuse',
  'records post',
  'quality',
  'completion',
])('hub %s --help teaches: what it does, every option, examples', async (command) => {
  const { code, out } = await terminal.hub(`${command} --help`);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`Usage: hub ${command}`));
  expect(out).toMatch(/Global Options:[^]*--json[^]*--profile/);
  expect(out).toMatch(/Examples:\n {2}\S/);
});

test.each(['-V', '--version', '--lang zh --version', 'version'])(
  '%s prints the version of the tool, which is the package’s',
  async (line) => {
    const manifest = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await hub(line)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  },
);

test('a hub that does not answer is a remark beside the version, and none in data', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', HUB_API: 'http://127.0.0.1:59999' };
  const { code, out, err } = await terminal.hub('--version', { env });
  expect({ code, out }).toEqual({ code: 0, out: `${SOFTWARE_VERSION}\n` });
  expect(err).toContain('The hub at http://127.0.0.1:59999 cannot be reached.');
  const data = await terminal.hub('--version --json', { env });
  expect({ ...data, out: JSON.parse(data.out) as unknown }).toEqual({
    code: 0,
    out: {
      version: SOFTWARE_VERSION,
      problem: { code: 'unreachable', what: expect.any(String), why: expect.any(String) },
    },
    err: '',
  });
});

test('a hub that swallows what it is sent does not keep the version waiting', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  try {
    const { port } = silent.address() as AddressInfo;
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      HUB_API: `http://127.0.0.1:${port}`,
    };
    expect(await hub('--version', { env })).toMatchObject({ code: 0, out: `${SOFTWARE_VERSION}\n` });
  } finally {
    silent.close();
  }
});

test('proposed terms can be looked at before they are proposed', async () => {
  const line =
    "agreements propose streets --fields code,name --filter code^=1101 --filter level>=2 --filter kind=a|b --mask phone=last4 --content changes --format ndjson --purpose 'a duty' --print";
  const { code, out } = await hub(line);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    fields: ['code', 'name'],
    filter: [
      { field: 'code', op: 'prefix', value: '1101' },
      { field: 'level', op: 'min', value: '2' },
      { field: 'kind', op: 'in', value: ['a', 'b'] },
    ],
    mask: { phone: 'last4' },
    content: 'changes',
    format: 'ndjson',
    purpose: 'a duty',
  });
});
