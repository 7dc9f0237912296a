import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { bold } from '../../clients/cli/terminal/look.ts';
import { jsonText, printable, shown } from '../../clients/cli/terminal/printable.ts';
import { hubProgram } from '../../clients/cli/program.ts';
import { run } from '../../clients/cli/run.ts';
import { unfitFor } from '../../schemas/contracts/characters.ts';
import { definition, sha, terms } from '../../schemas/contracts/examples/things.ts';
import { FORGED, HOSTILE, hostileHub, type HostileHub } from './hostile-hub.ts';

const ID = '01JDBV0H7N6Z8W3Q5X9R2T4YKM';
const words = ['--words', 'x'];
const reason = ['--reason', 'x'];

/** What is typed after the command, with a number for #: names of files are those of `files` below, or of what another case writes. */
const typed: Readonly<Record<string, readonly string[]>> = {
  version: [],
  me: [],
  departments: [],
  resources: [],
  'resources show': ['legal-entities'],
  'resources datasets': ['legal-entities'],
  publish: ['definition.json'],
  'catalog export': ['--xlsx', 'exported.xlsx'],
  'catalog import': ['catalog.xlsx'],
  'catalog dcat': ['catalog.jsonld'],
  'catalog late': [],
  'catalog categories': [],
  'catalog deprecate': ['legal-entities', '--retire-on', '2030-01-01', ...reason],
  'catalog retire': ['legal-entities', ...reason],
  theme: [],
  'theme show': ['emergency'],
  'theme define': ['emergency', '--name', 'x', '--lead', 'tax', '--purpose', 'x'],
  'theme coverage': ['emergency'],
  'theme export': ['emergency', '--xlsx', 'exported-theme.xlsx'],
  'theme import': ['theme.xlsx'],
  demand: [],
  'demand show': [ID],
  'demand state': ['--title', 'x', '--purpose', 'x', '--basis', 'x'],
  'demand matches': [ID],
  'demand match': [ID, 'legal-entities'],
  'demand decline': [ID, ...reason],
  'demand withdraw': [ID],
  'demand agree': [ID],
  agreements: [],
  'agreements show': [ID],
  'agreements history': [ID],
  'agreements text': [ID],
  'agreements differences': [ID, '--from', '1', '--to', '2'],
  'agreements preview': [ID],
  'agreements precedents': ['legal-entities'],
  'agreements duties': [ID],
  'agreements propose': ['legal-entities', '--terms', 'terms.json'],
  'agreements counter': [ID, '--frequency', 'weekly'],
  'agreements accept': [ID],
  'agreements sign': [ID, '--digest', sha],
  'agreements consent': ['01JD0000000000000000000118', 'legal-entities', '--digest', sha],
  'agreements object': ['01JD0000000000000000000118', 'legal-entities', ...reason],
  'agreements file': [ID, '--number', 'x'],
  'agreements comment': [ID, 'x'],
  'agreements withdraw': [ID, ...reason],
  'agreements suspend': [ID, ...reason],
  'agreements resume': [ID, ...reason],
  'agreements terminate': [ID, ...reason],
  'agreements dispose': [ID, '--method', 'deleted', ...words],
  'agreements dispute open': [ID, ...words],
  'agreements dispute answer': [ID, ...words],
  'agreements dispute decide': [ID, ...words],
  duties: [],
  'offer show': ['legal-entities'],
  'offer state': ['legal-entities', 'offer.json'],
  'offer withdraw': ['legal-entities'],
  'scheme propose': ['scheme.json'],
  'scheme show': [ID],
  'scheme accept': [ID],
  'scheme sign': [ID],
  deliveries: [],
  poll: ['--wait', '0'],
  fetch: ['7Q3M9K2V5X8Z1B4D6F0H2J5N8P', '--to', 'fetched.csv'],
  watch: ['--exec', 'true', '--once', '--to', 'watched-#'],
  follow: ['legal-entities', '--once', '--to', 'copy.csv'],
  corrections: [],
  'corrections show': [ID],
  'corrections report': [ID, '--key', 'org_code=x', '--field', 'name', '--reason', 'wrong', ...words],
  'corrections answer': [ID, '--decision', 'unclear', ...words],
  compare: ['hostile.csv', '--agreement', ID, '--kind', 'verify', '--no-wait'],
  comparisons: [],
  'comparisons show': [ID],
  'comparisons approve': [ID],
  'comparisons decline': [ID, ...reason],
  'comparisons cancel': [ID],
  'derive preview': ['derived.json', '--input', 'firms=hostile.csv'],
  'derive publish': ['derived.json'],
  reconcile: [],
  'reconcile order': ['legal-entities', '--agreement', ID, '--kind', 'verify'],
  'reconcile show': [ID],
  'reconcile runs': [ID],
  'reconcile end': [ID],
  alerts: [],
  'alerts show': [ID],
  'alerts end': [ID],
  'alerts lodge': ['hostile.csv', '--agreement', ID],
  'derive status': ['legal-entities'],
  'derive lineage': ['legal-entities'],
  'derive uses': ['legal-entities'],
  impact: ['legal-entities', '--without', ID],
  lookup: ['--agreement', ID, '--key', 'org_code=x', '--case', 'x', ...reason],
  'lookup list': [],
  'lookup watch': [],
  'lookup report': ['--resource', 'legal-entities', '--key', 'org_code=x'],
  check: ['hostile.csv', '--definition', 'definition.json'],
  clean: ['hostile.csv', '--definition', 'definition.json'],
  upload: ['hostile.csv', '--resource', 'legal-entities', '--no-wait'],
  uploads: [],
  'uploads show': [ID],
  'uploads accept': [ID],
  'uploads refuse': [ID, ...reason],
  'records post': ['legal-entities', 'records.ndjson'],
  quality: ['legal-entities'],
  report: [],
  usage: [ID],
  benefit: [ID],
  infer: ['hostile.csv'],
  import: ['hostile-schema.json'],
  export: ['legal-entities', '--as', 'table-schema'],
  completion: ['bash'],
};

const files: Readonly<Record<string, string>> = {
  'definition.json': JSON.stringify(definition),
  'derived.json': JSON.stringify({
    ...definition,
    derivation: { inputs: { firms: { resourceId: 'legal-entities' } }, sql: 'SELECT org_code, name FROM firms' },
  }),
  'terms.json': JSON.stringify(terms),
  'offer.json': JSON.stringify({ fields: ['name'], maxDays: 30, maxRetainDays: 30 }),
  'scheme.json': JSON.stringify({ name: 'x', proposals: [{ resourceId: 'legal-entities', terms }] }),
  'records.ndjson': '{"org_code":"002518057","name":"x"}\n',
  'hostile.csv': `org_code,name,division,"capital${HOSTILE.replaceAll('"', '')}"\n"x${HOSTILE}","y${HOSTILE}",110102,z\n`,
  'hostile-schema.json': JSON.stringify({
    fields: [{ name: `a${HOSTILE}`, title: `t${HOSTILE}`, type: 'string', unknown: HOSTILE }],
    primaryKey: `b${HOSTILE}`,
  }),
};

let hub: HostileHub;
let folder: string;
let runs = 0;
const before = { folder: process.cwd(), env: { ...process.env } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-hostile-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  hub = await hostileHub();
  process.chdir(folder);
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, keys, { HUB_API: hub.api, HOME: folder });
  hub.begin(false);
  // What is imported was exported once, whichever command comes first.
  await printed(['catalog', 'export', '--xlsx', 'catalog.xlsx']);
  await printed(['theme', 'export', 'emergency', '--xlsx', 'theme.xlsx']);
});
afterAll(async () => {
  process.chdir(before.folder);
  process.env = before.env;
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a command prints, on both streams. */
async function printed(args: readonly string[]): Promise<string> {
  let text = '';
  const take = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(take));
  try {
    await run(args);
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = 0;
  }
  return text;
}

/** Commands that do something: those with their own action, whatever stands below them. */
function* commandsOf(command: Command, above: readonly string[] = []): Generator<string> {
  for (const each of command.commands) {
    const names = [...above, each.name()];
    if ('_actionHandler' in each && each['_actionHandler']) yield names.join(' ');
    yield* commandsOf(each, names);
  }
}

test('every command has a case here', async () => {
  const { program } = await hubProgram();
  expect([...commandsOf(program)].toSorted()).toEqual(Object.keys(typed).toSorted());
});

const ways: readonly (readonly [string, readonly string[]])[] = [
  ['in English', ['--lang', 'en']],
  ['in Chinese', ['--lang', 'zh']],
  ['as JSON', ['--json']],
];

/** These make no call that a hub could refuse. */
const OFFLINE = new Set(['check', 'clean', 'infer', 'import', 'completion']);
/** These tell ids, states and counts alone. */
const SILENT = new Set(
  // The hostile hub's resource has not the fields that the statement names, which is said in the statement's own words.
  (
    'derive preview|derive publish|' +
    'version|me|resources datasets|catalog export|catalog dcat|catalog deprecate|catalog retire|theme define|theme export|' +
    'theme import|demand state|demand match|demand decline|demand withdraw|demand agree|agreements duties|' +
    'agreements propose|agreements file|agreements comment|agreements withdraw|agreements suspend|agreements resume|' +
    'agreements terminate|agreements dispose|agreements dispute open|agreements dispute answer|' +
    'agreements dispute decide|duties|scheme accept|scheme sign|deliveries|fetch|watch|follow|upload|uploads|' +
    'records post|report|usage|completion|comparisons|reconcile|reconcile runs|alerts'
  ).split('|'),
);

describe.each(Object.entries(typed))('hub %s', (command, rest) => {
  test.each(ways)('prints nothing that acts on a terminal or forges a line, %s', async (_, way) => {
    for (const refused of [false, true]) {
      hub.begin(refused);
      const text = await printed([...way, ...command.split(' '), ...rest.map(numbered)]);
      expect(text).not.toBe('');
      expect(unfitFor('paragraph').exec(text)).toBeNull();
      // A list is `items` of a document, so that it may get more members.
      if (way.includes('--json')) expect(text).not.toMatch(/^\s*\[/);
      expect(text.split('\n').filter((line) => line.trimStart().startsWith(FORGED))).toEqual([]);
      // What was hostile is on the screen, as escapes.
      const isTold = refused ? !OFFLINE.has(command) : !SILENT.has(command);
      if (isTold) expect(text).toMatch(/\\u001b\[31m\\u009b8m.*FORGED/);
    }
  });
});

const numbered = (word: string): string => word.replace('#', String((runs += 1)));

test('a text cannot paint itself on a terminal with colours either', () => {
  const text = `${bold('head', { color: true, lang: 'en', tty: true, columns: 80 })} ${shown(`a\u001b[31mb\u001b[8mc`)}`;
  expect(printable(text, true)).toBe('\u001b[1mhead\u001b[22m a\\u001b[31mb\\u001b[8mc');
  expect(printable('\u001b[8mhidden', true)).toBe('\\u001b[8mhidden');
});

test('JSON that was printed says the same as before', () => {
  const data = { [`name${HOSTILE}`]: [HOSTILE, '\ud800', '👩‍❤️‍👨', null] };
  expect(JSON.parse(jsonText(data, 2))).toEqual(data);
});
