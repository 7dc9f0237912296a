import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { aDefinition } from '../support/builders.ts';
import { eventually } from '../support/city.ts';
import { HubRecords } from '../support/hub-records.ts';
import { csvOf } from '../support/legal-entities.ts';
import { columns, leaked, people, personal, type Person } from '../support/personal.ts';
import { aPlace } from '../support/place.ts';

const string = { type: 'string' } as const;
const definition = aDefinition({
  provider: 'public-security',
  tolerance: 0.5,
  schema: {
    primaryKey: ['id_no'],
    fields: [
      {
        name: 'id_no',
        ...string,
        check: 'gb11643',
        sensitivity: 'personal',
        constraints: { required: true, unique: true },
      },
      { name: 'name', ...string, sensitivity: 'personal', constraints: { required: true } },
      { name: 'phone', ...string, sensitivity: 'sensitive', constraints: { pattern: '1\\d{10}' } },
      { name: 'born', type: 'date', sensitivity: 'personal' },
      { name: 'home', ...string, sensitivity: 'personal', constraints: { maxLength: 40 } },
      { name: 'area', ...string, sensitivity: 'public', constraints: { pattern: '\\d{6}' } },
    ],
  },
} as never);

const register = people(400, 7);
const stranger = people(1, 99)[0]!;
/** One in ten is wrong in one way or another. */
const damaged: Person[] = register.map((person, index) => {
  switch (index % 50) {
    case 3:
      return { ...person, id_no: person.id_no.replace(/.$/, (last) => (last === '1' ? '2' : '1')) };
    case 13:
      return { ...person, phone: `${person.phone}転` };
    case 23:
      return { ...person, born: person.born.replaceAll('-', '/') };
    case 33:
      return { ...person, home: person.home.repeat(9) };
    case 43:
      return { ...person, id_no: register[index - 1]!.id_no };
    default:
      return person;
  }
});
const secrets = [...register, ...damaged, stranger].flatMap((person) => personal.map((field) => person[field]));

const at = aPlace();
let records: HubRecords;
let agreement: Agreement;
let accepted: Upload;
const notices: DeliveryNotice[] = [];
const urls: string[] = [];
const answers: unknown[] = [];

beforeAll(async () => {
  records = new HubRecords(at.hub);
  await at.city.publish('public-security', 'residents', definition);
  agreement = await at.city.agree('health', 'public-security', 'residents', {
    fields: ['id_no', 'name', 'phone', 'area'],
    mask: { phone: 'last4' },
    filter: [{ field: 'area', op: 'eq', value: '110101' }],
  });
  accepted = await at.city.upload('public-security', 'residents', csvOf(damaged, columns));
  notices.push((await at.city.receive('health'))[0]!.notice);
  await wrongUploads();
  await strangeCalls();
  await strangeMessages();
});

/** Uploads after the first, by what became of them. */
const verdicts = new Map<string, string[]>();

/** Files that are wrong in every way that a file can be. */
async function wrongUploads(): Promise<void> {
  const [, ...rows] = csvOf(register, columns).split('\n');
  const header = columns.join(',');
  const files = [
    rows.join('\n'),
    `${header},"${stranger.name}\n${rows.join('\n')}`,
    csvOf(
      register.map((person) => ({ ...person, phone: person.name })),
      columns,
    ),
    csvOf(
      register.map((person) => ({ ...person, born: '' })),
      columns,
    ).replaceAll(',,', `,"${stranger.phone}`),
    Buffer.concat([
      Buffer.from(`${header}\n${stranger.id_no},`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(rows.join('\n')),
    ]),
    Buffer.from(csvOf(register, columns), 'utf16le'),
  ];
  for (const content of files) {
    const { uploadId, state, refusal } = await at.city.upload('public-security', 'residents', content);
    const became = refusal?.code ?? state;
    verdicts.set(became, [...(verdicts.get(became) ?? []), uploadId]);
  }
}

/** People put things where they do not belong. */
async function strangeCalls(): Promise<void> {
  const health = at.city.as('health');
  const police = at.city.as('public-security');
  const { id_no, name, phone } = stranger;
  const place = encodeURIComponent(name);
  const [asHealth, asPolice] = [at.city.raw('health'), at.city.raw('public-security')];
  const calls = [
    asHealth('GET', `/v1/agreements/${id_no}`),
    asHealth('GET', `/v1/deliveries/${phone}`),
    asHealth('GET', `/v1/deliveries/${place}/content`),
    asPolice('GET', `/v1/uploads/${id_no}`),
    asPolice('GET', `/v1/resources/${place}`),
    asPolice('GET', `/v1/no-such-route/${id_no}`),
    asHealth('GET', '/v1/resources', { query: { text: name } }),
    asHealth('GET', '/v1/agreements', { query: { [name]: id_no } }),
    asHealth('GET', '/v1/deliveries', { query: { cursor: Buffer.from(id_no).toString('base64url') } }),
    asPolice('POST', '/v1/uploads', { body: { resourceId: id_no, [name]: phone }, idempotencyKey: phone }),
    asPolice('POST', '/v1/uploads', { body: `${name} ${phone}` }),
    asPolice('POST', '/v1/uploads', {
      body: { resourceId: 'residents', bytes: id_no, sha256: name, encoding: name },
    }),
    asHealth('POST', '/v1/agreements', {
      body: { resourceId: 'residents', terms: { ...agreement.terms[0], purpose: name, fields: [id_no] } },
    }),
    asHealth('POST', `/v1/deliveries/${notices[0]!.deliveryId}/receipt`, { body: { sha256: id_no } }),
    asHealth('POST', `/v1/agreements/${agreement.agreementId}/acceptance`, { body: { termsVersion: name } }),
    at.city.raw('eitc')('POST', `/v1/agreements/${agreement.agreementId}/filing`, {
      body: { filingNumber: `${name}-${id_no}` },
    }),
  ];
  for (const { status } of await Promise.all(calls)) expect([200, 400, 403, 404, 409, 422]).toContain(status);
  const content = await health.call(routes.readContent, { params: { deliveryId: notices[0]!.deliveryId } });
  const announced = await police.call(routes.announceUpload, {
    body: {
      resourceId: 'residents',
      bytes: 1,
      sha256: accepted.sha256,
    },
  });
  const report = (await police.call(routes.readUpload, { params: { uploadId: accepted.uploadId } })).report!;
  urls.push(content.url, announced.put!.url, report.url);
  answers.push(await health.call(routes.listDeliveries, {}), await police.call(routes.listUploads, {}));
  await health.call(routes.terminateAgreement, {
    params: { agreementId: agreement.agreementId },
    body: {
      reason: `asked for by ${name}, ${id_no}`,
    },
  });
}

/** What a queue may hold after somebody's mistake: no JSON, another shape. */
async function strangeMessages(): Promise<void> {
  const queues = records.queuesAs('receive');
  const queue = `${at.hub.aws}/000000000000/hub-dev-intake`;
  for (const body of [
    `${stranger.name},${stranger.id_no}`,
    JSON.stringify({ uploadId: stranger.id_no, [stranger.name]: stranger.phone }),
  ]) {
    await queues.send(
      new SendMessageCommand({ QueueUrl: queue, MessageBody: body, MessageGroupId: 'public-security' }),
    );
  }
  queues.destroy();
  await eventually(
    () => at.hub.functionLogs('check'),
    (logs) => logs.split('"message failed"').length > 2,
  );
}

/** Every line that a function wrote as JSON. */
async function lines(): Promise<Record<string, unknown>[]> {
  const text = await at.hub.functionLogs();
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
}

test('what is searched for would be found: plain, in a URL, in JSON and in a cursor', () => {
  const { name, phone } = stranger;
  const traces = [
    phone,
    `/v1/uploads/${encodeURIComponent(name)}`,
    JSON.stringify({ name }),
    Buffer.from(phone).toString('base64url'),
  ];
  expect(traces.map((trace) => leaked([name, phone], `… ${trace} …`))).toEqual([[phone], [name], [name], [phone]]);
});

describe('no value of a personal or sensitive field, right or wrong, is', () => {
  test('in what functions log', async () => {
    const logs = await at.hub.functionLogs();
    expect(logs.length).toBeGreaterThan(10_000);
    expect(leaked(secrets, logs)).toEqual([]);
  });

  test('in a notice', () => {
    expect(leaked(secrets, JSON.stringify(notices))).toEqual([]);
  });

  test('in the key of an object, or in a URL', () => {
    const keys = records.objectKeys();
    expect(keys.length).toBeGreaterThan(8);
    expect(leaked(secrets, [...keys, ...urls].join('\n'))).toEqual([]);
  });

  test('in what the hub keeps of an upload or a delivery, or in its evidence', async () => {
    const uploads = [accepted.uploadId, ...[...verdicts.values()].flat()];
    const { deliveryId, agreementId } = notices[0]!;
    const kept = await Promise.all([
      ...uploads.map((id) => records.item(`UPLOAD#${id}`)),
      records.item(`DELIVERY#${deliveryId}`),
      ...[
        ...uploads.map((id) => `upload#${id}`),
        `delivery#${deliveryId}`,
        `agreement#${agreementId}`,
        'resource#residents',
      ].map(async (subject) => {
        const evidence = await records.evidenceOf(subject);
        expect({ subject, items: evidence.length > 0 }).toEqual({ subject, items: true });
        return evidence;
      }),
    ]);
    expect(kept).not.toContain(undefined);
    expect(leaked(secrets, JSON.stringify([kept, answers]))).toEqual([]);
  });
});

describe('one upload is followed by its id', () => {
  const way = [
    ['intake-api', 'answered', { route: 'announceUpload', status: 201 }],
    ['receive', 'received', {}],
    ['check', 'upload checked', { outcome: 'accepted', rows: 400, accepted: 360, rejected: 40, datasetVersion: 1 }],
    ['dispatch', 'dataset planned', { agreements: 1, deliveries: 1, datasetVersion: 1 }],
    ['deliver', 'extract written', {}],
    ['deliver', 'delivery released', {}],
    ['deliver', 'notice sent', { consumer: 'health' }],
    ['deliver', 'dataset delivered', { outcome: 'done', extracts: 1, deliveries: 1 }],
    ['delivery-api', 'answered', { route: 'readContent', status: 200, department: 'health' }],
    ['delivery-api', 'answered', { route: 'giveReceipt', status: 200, department: 'health' }],
  ] as const;

  test.each(way)('in the log of %s: %s', async (service, message, about) => {
    const { resourceId } = accepted;
    expect(await lines()).toContainEqual(
      expect.objectContaining({ service, message, uploadId: accepted.uploadId, resourceId, ...about }),
    );
  });

  test('with the delivery and its agreement from the release on', async () => {
    const { deliveryId, agreementId } = notices[0]!;
    const followed = (await lines()).filter(
      (line) => line['deliveryId'] === deliveryId && line['uploadId'] === accepted.uploadId,
    );
    const told = followed.map(
      ({ service, message, agreementId }) => `${String(service)}: ${String(message)} ${String(agreementId)}`,
    );
    for (const message of ['deliver: delivery released', 'deliver: notice sent', 'delivery-api: answered']) {
      expect(told).toContain(`${message} ${agreementId}`);
    }
  });

  test('and one that was refused says why', async () => {
    const refusals = [...verdicts].filter(([became]) => became !== 'accepted');
    expect(refusals.map(([code]) => code)).toEqual(
      expect.arrayContaining(['header', 'too-many-rejections', 'encoding']),
    );
    const checked = (await lines()).filter(({ message }) => message === 'upload checked');
    for (const [code, [uploadId]] of refusals) {
      expect(checked).toContainEqual(expect.objectContaining({ uploadId, outcome: 'refused', code }));
    }
  });
});

test('what happened is counted, for each function by itself', async () => {
  const accepted = verdicts.get('accepted')?.length ?? 0;
  const counted = (await lines()).filter((line) => '_aws' in line);
  const sums: Record<string, number> = {};
  for (const line of counted) {
    const [directive] = (
      line['_aws'] as {
        CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
      }
    ).CloudWatchMetrics;
    expect(directive).toMatchObject({ Namespace: 'ExchangeHub/dev', Dimensions: [['service']] });
    for (const { Name } of directive!.Metrics) {
      const name = `${String(line['service'])} ${Name}`;
      sums[name] = (sums[name] ?? 0) + [line[Name] as number | number[]].flat().reduce((sum, value) => sum + value, 0);
    }
  }
  expect(sums).toMatchObject({
    'check UploadsAccepted': 1 + accepted,
    'check UploadsRefused': 6 - accepted,
    'dispatch DeliveriesPlanned': 1 + accepted,
    'delivery-api ContentRequests': 2,
    'delivery-api Receipts': 1,
  });
  for (const name of [
    'check BytesChecked',
    'check RowsRead',
    'check RowsAccepted',
    'deliver DeliveriesReleased',
    'deliver NoticesSent',
  ]) {
    expect({ name, sum: sums[name] }).toEqual({ name, sum: expect.any(Number) });
  }
  expect(sums['check RowsRejected']).toBeGreaterThanOrEqual(40);
  expect(sums['deliver DeliveryDelaySeconds']).toBeGreaterThan(0);
  expect(sums['agreements-api ApiRefusals']).toBeGreaterThan(3);
});
