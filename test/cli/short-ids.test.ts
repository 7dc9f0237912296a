import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { agreementsScreen } from '../../clients/cli/agreements/agreements-screen.ts';
import { shortIds } from '../../clients/cli/terminal/short-ids.ts';
import { widthOf } from '../../clients/cli/terminal/text-width.ts';
import { AgreementSummary } from '../../schemas/contracts/agreements.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { Terminal } from './terminal.ts';

const [first, second] = ['01JDBV0H7N6Z8W3Q5X9R2T4YKM', '01JDBV0H7N6ZHX3Q5X9R2T4YKM'];
const other = '7Q3M9K2V5X8Z1B4D6F0H2J5N8P';

test.each([
  ['twelve characters of each', [other, '5HJCS60D2EM5FAPPWDEY429ST8'], ['7Q3M9K2V5X8Z', '5HJCS60D2EM5']],
  ['as many more as tell them apart', [first, second, other], ['01JDBV0H7N6Z8', '01JDBV0H7N6ZH', '7Q3M9K2V5X8Z1']],
  ['the same one twice is no other', [other, other], ['7Q3M9K2V5X8Z', '7Q3M9K2V5X8Z']],
  ['what is no id as it is', ['derived', '', first.toLowerCase()], ['derived', '', first.toLowerCase()]],
])('ids are shown short: %s', (_, ids, shown) => {
  expect(shortIds(ids)).toEqual(shown);
});

const summary = AgreementSummary.parse(routes.listAgreements.example.response.items[0]);
const filed = {
  ...summary,
  resourceId: 'administrative-divisions-of-the-city',
  provider: 'command-public-health',
  consumer: 'command-construction',
  filingNumber: 'BJ-2026-0117-A',
} as AgreementSummary;

test.each(['en', 'zh'] as const)('80 columns hold a list of agreements with whole filing numbers, %s', (lang) => {
  const text = agreementsScreen({ items: [filed] }, { lang, tty: true, color: false, columns: 80 });
  expect(text).toContain('BJ-2026-0117-A');
  expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(80);
});

test('a pipe gets whole ids', () => {
  const text = agreementsScreen({ items: [filed] }, { lang: 'en', tty: false, color: false, columns: 80 });
  expect(text).toContain(filed.agreementId);
});

describe('the beginning of an id stands for it', () => {
  let server: Server;
  let terminal: Terminal;
  let called: string[] = [];
  /** Lists these agreements over two pages, and refuses everything else. */
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub');
      called.push(`${request.method} ${pathname}`);
      if (pathname === '/v1/agreements') {
        const page = searchParams.has('cursor')
          ? { items: [{ agreementId: second }] }
          : { items: [{ agreementId: first }, { agreementId: other }], cursor: 'more' };
        return response.end(JSON.stringify(page));
      }
      const refusal = { type: 'x', title: 'Not found', status: 404, code: 'not-found', detail: '' };
      return response.writeHead(404).end(JSON.stringify(refusal));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    terminal = await Terminal.open({
      HUB_API: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
  });
  afterAll(async () => {
    await terminal.close();
    server.close();
    server.closeAllConnections();
  });

  const typed = async (line: string) => {
    called = [];
    return { ...(await terminal.hub(line)), called };
  };

  test.each([
    ['of an argument', `agreements show ${other.slice(0, 8)}`, `GET /v1/agreements/${other}`],
    ['in small letters', `agreements show ${first.slice(0, 13).toLowerCase()}`, `GET /v1/agreements/${first}`],
    ['on a later page', `agreements show ${second.slice(0, 13)}`, `GET /v1/agreements/${second}`],
    ['of an option', `impact streets --without ${other.slice(0, 9)}`, 'GET /v1/resources/streets/impact'],
    ['of an act', `agreements terminate ${other.slice(0, 12)} --reason x`, `POST /v1/agreements/${other}/termination`],
  ])('%s', async (_, line, call) => {
    const { code, called: calls } = await typed(line);
    expect({ code, last: calls.at(-1) }).toEqual({ code: 1, last: call });
  });

  test('one that two have is refused with both, before anything is done', async () => {
    const { code, err, called: calls } = await typed(`agreements terminate ${first.slice(0, 12)} --reason x`);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/More than one agreement begins with/) });
    expect(err).toContain(first);
    expect(err).toContain(second);
    expect(new Set(calls)).toEqual(new Set(['GET /v1/agreements']));
  });

  test('one that none has is refused, before anything is done', async () => {
    const { code, err, called: calls } = await typed('agreements terminate 00000000 --reason x');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/No agreement of yours begins with 00000000/),
    });
    expect(new Set(calls)).toEqual(new Set(['GET /v1/agreements']));
  });

  test.each([
    ['a whole id', first, `GET /v1/agreements/${first}`],
    ['less than eight characters', '7Q3M9K2', 'GET /v1/agreements/7Q3M9K2'],
  ])('%s is taken as it is, and nothing is listed', async (_, id, call) => {
    expect((await typed(`agreements show ${id}`)).called).toEqual([call]);
  });
});
