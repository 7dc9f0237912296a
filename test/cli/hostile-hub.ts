import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { allRoutes, routes, type Route } from '../../schemas/contracts/routes.ts';
import { stringsOf, withChange } from '../support/strings-of.ts';

/** A line that looks like one of the tool's own, and all kinds of characters that act on a terminal or hide. */
export const FORGED = 'FORGED';
export const HOSTILE = `\u001b[31m\u009b8m\u001b]0;x\u0007\b\u007f\u0085\u202e\u2066\u200f\u061c\u2028\u200b\ufeff\u{e0041}\r\n${FORGED}\n${FORGED}`;

/** What the examples' digest is of. */
const CONTENT = 'test';
const REPORT = `line,column,field,rule,value\r\n2,1,"org_code${HOSTILE}",pattern,"x${HOSTILE}"\r\n`;

export interface HostileHub {
  readonly api: string;
  /** Calls since `begin` that are to change something: method and path. */
  readonly changes: readonly string[];
  /** The next command finds a mailbox with notices; with `refusing` every other call is refused, in hostile words. */
  begin(refusing: boolean): void;
  close(): Promise<void>;
}

/**
 * A hub whose every text is hostile: the examples of the routes table, with hostile characters in each string that may have
 * any by its schema. A real hub refuses to take them, and even its table would hold them in some of these places only.
 * @param department as which everybody is known to it
 */
export async function hostileHub(department = 'tax'): Promise<HostileHub> {
  let refusing = false;
  let waiting: readonly object[] = [];
  const changes: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await buffer(request);
    const target = request.headers['x-amz-target'];
    const { pathname } = new URL(request.url ?? '/', api);
    if (typeof target !== 'string' && request.method !== 'GET') changes.push(`${request.method} ${pathname}`);
    const reply =
      typeof target === 'string' ? mailbox(target, waiting) : refusing ? problem : replyTo(request.method, pathname);
    if (typeof target === 'string' && target.endsWith('ReceiveMessage')) waiting = [];
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  }

  function replyTo(method: string | undefined, path: string): Reply {
    if (path === '/content') return { status: 200, type: 'text/csv', body: CONTENT };
    if (path === '/report') return { status: 200, type: 'text/csv', body: REPORT };
    const route = allRoutes.find((each) => each.method === method && patternOf(each).test(path));
    if (!route) return { status: 404, type: 'text/plain', body: HOSTILE };
    const answered = withUrls(hostileExample(route), api);
    return {
      status: route.status,
      type: 'application/json',
      body: JSON.stringify(route.id === 'me' ? Object.assign({}, answered, { department }) : answered),
    };
  }

  return {
    api,
    changes,
    begin: (always) => {
      changes.splice(0);
      refusing = always;
      waiting = notices;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Routes of literal words stand in the table as well as those of variables: the id of an example is none of them. */
const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const problem: Reply = {
  status: 409,
  type: 'application/problem+json',
  body: JSON.stringify({
    type: 'urn:exchange-hub:problem:wrong-state',
    title: `Title${HOSTILE}`,
    status: 409,
    code: 'wrong-state',
    detail: `Detail${HOSTILE}`,
    violations: [{ path: `/a${HOSTILE}`, rule: `rule${HOSTILE}`, message: `message${HOSTILE}` }],
  }),
};

/** Places that lead somewhere. */
const LEADING = new Set<PropertyKey>(['url', 'headers', 'queueUrl', 'contentPath', 'cursor', 'hydra:next']);

const examples = new Map<string, unknown>();

function hostileExample(route: Route): unknown {
  const made = examples.get(route.id) ?? hostile(route.response, route.response.parse(route.example.response));
  examples.set(route.id, made);
  return made;
}

/** Every string to which its schema lets anything be added. */
export function hostile(schema: Route['response'], example: unknown): unknown {
  return stringsOf(example)
    .filter((path) => !path.some((name) => LEADING.has(name)))
    .reduce((value, path) => {
      const changed = withChange(value, path, (text) => `${text}${HOSTILE}`);
      return schema.safeParse(changed).success ? changed : value;
    }, example);
}

/** Of lists of one page, and of a file of another length. */
const LEFT_OUT = new Set(['cursor', 'hydra:view', 'content-length']);

/** Addresses of this hub instead of those of the examples. */
function withUrls(value: unknown, api: string, within = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withUrls(item, api, within));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, withUrl(name, member)]));

  function withUrl(name: string, member: unknown): unknown {
    if (name === 'queueUrl') return `${api}/mailbox`;
    if (name === 'url') return `${api}/${within === 'report' || within === 'fixFile' ? 'report' : 'content'}`;
    if (name === 'bytes') return CONTENT.length;
    return withUrls(member, api, name);
  }
}

const delivery = hostileExample(routes.readDelivery) as Readonly<Record<string, unknown>>;
const notices = [
  {
    ...Object.fromEntries(
      ['deliveryId', 'agreementId', 'termsVersion', 'resourceId', 'resourceVersion', 'datasetVersion', 'provider'].map(
        (name) => [name, delivery[name]],
      ),
    ),
    type: 'delivery',
    purpose: `purpose${HOSTILE}`,
    content: 'snapshot',
    format: 'csv',
    rows: 1,
    bytes: CONTENT.length,
    sha256: delivery['sha256'],
    releasedAt: '2026-12-01T02:00:04.120Z',
    contentPath: `/v1/deliveries/${String(delivery['deliveryId'])}/content`,
  },
  {
    type: 'agreement',
    noticeId: '7Q3M9K2V5X8Z1B4D6F0H2J5N8P',
    event: `event${HOSTILE}`.slice(0, 50),
    state: `state${HOSTILE}`.slice(0, 50),
    at: '2026-12-01T02:00:04.120Z',
    agreementId: delivery['agreementId'],
    path: `/v1/agreements${HOSTILE}`,
  },
];

/** SQS as far as a mailbox needs it. */
function mailbox(target: string, waiting: readonly object[]): Reply {
  const body = target.endsWith('ReceiveMessage')
    ? {
        Messages: waiting.map((notice, index) => {
          const Body = JSON.stringify(notice);
          const MD5OfBody = createHash('md5').update(Body).digest('hex');
          return { MessageId: String(index), ReceiptHandle: String(index), Body, MD5OfBody };
        }),
      }
    : { Successful: [], Failed: [] };
  return { status: 200, type: 'application/x-amz-json-1.0', body: JSON.stringify(body) };
}
