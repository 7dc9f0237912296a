import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { dynamoComparisons } from '../../functions/adapters/dynamodb/compare/comparisons.ts';
import { dynamoCorrections } from '../../functions/adapters/dynamodb/delivery/corrections.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { providedList } from '../../functions/adapters/dynamodb/delivery/planned.ts';
import { pointerOf } from '../../functions/adapters/dynamodb/delivery/listed.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoDerivations } from '../../functions/adapters/dynamodb/derive/store.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { receive } from '../../functions/compare/domain/receive.ts';
import { correctionAct } from '../../functions/delivery/corrections/correction-act.ts';
import { reported } from '../../functions/delivery/domain/corrections.ts';
import { planDelivery } from '../../functions/delivery/domain/plan.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import type { ComparisonId, CorrectionId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { LookupBody } from '../../schemas/contracts/lookups.ts';
import { routes, type Capability, type RouteId } from '../../schemas/contracts/routes.ts';
import {
  aDefinition,
  aResourceVersion,
  aStoredDataset,
  anAct,
  comparisonTerms,
  anAgreement,
  anId,
  department,
  lookupTerms,
  resource,
  terms,
  type AgreementChanges,
} from '../support/builders.ts';
import { aDerivation } from '../derive/a-derivation.ts';
import { putRepresentation, representationItem } from '../lookup/a-representation.ts';
import type { LocalAws } from '../support/local-aws.ts';
import { callApi, type ApiCall, type ApiReply } from '../support/memory/api-call.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';

type Lambda = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
type Worker = (event: object, context: Context) => Promise<unknown>;

const context = { awsRequestId: 'request-1', functionName: 'hub' } as unknown as Context;
/** Long ago, so that nothing is too young to be told of, and the test does not age. */
const past = '2026-01-02T01:00:00.000Z';
export const long = { validFrom: '2020-01-01', validTo: '2099-12-31' } as const;
export const terms20to99 = terms(long);
export const firms = resource('legal-entities');
/** Its provider owes a dataset since its publication. */
export const late = resource('late-register');

const csv = 'org_code,name,division,capital,approved_on,phone\n11-1,甲,110102,5000,2020-01-01,13800138000\n';
const object = { bytes: Buffer.byteLength(csv), sha256: createHash('sha256').update(csv).digest('base64') };

/** Things that exist between `quality`, which provides them, and `tax`, which consumes them; each call makes another one. */
export class World {
  readonly #aws: LocalAws;
  readonly #lambdas: Readonly<Record<Capability, Lambda>>;
  readonly #watch: Worker;
  #made = 1000;
  /** Released under an agreement in force, with its content written. */
  delivery!: StoredDelivery;

  private constructor(aws: LocalAws, lambdas: Readonly<Record<Capability, Lambda>>, watch: Worker) {
    this.#aws = aws;
    this.#lambdas = lambdas;
    this.#watch = watch;
  }

  static async on(aws: LocalAws): Promise<World> {
    process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
    // The functions read their settings when they are loaded, as they do in Lambda.
    const world = new World(
      aws,
      {
        catalog: (await import('../../functions/catalog/api.lambda.ts')).handler,
        agreements: (await import('../../functions/agreements/api.lambda.ts')).handler,
        demands: (await import('../../functions/demands/api.lambda.ts')).handler,
        duties: (await import('../../functions/duties/api.lambda.ts')).handler,
        reports: (await import('../../functions/reports/api.lambda.ts')).handler,
        intake: (await import('../../functions/intake/api.lambda.ts')).handler,
        delivery: (await import('../../functions/delivery/api.lambda.ts')).handler,
        lookup: (await import('../../functions/lookup/api.lambda.ts')).handler,
        compare: (await import('../../functions/compare/api.lambda.ts')).handler,
        derive: (await import('../../functions/derive/api.lambda.ts')).handler,
      },
      (await import('../../functions/duties/watch.lambda.ts')).handler,
    );
    await world.#begin();
    return world;
  }

  call<T>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'>): Promise<ApiReply<T>> {
    const lambda = this.#lambdas[routes[route].capability];
    return callApi<T>((event) => lambda(event, context), { as, route: routes[route], ...more });
  }

  /** What is done on the way to what a case is about. */
  async did<T = Record<string, string>>(
    route: RouteId,
    as: string,
    more: Omit<ApiCall, 'as' | 'route'> = {},
  ): Promise<T> {
    const { status, body } = await this.call<T>(route, as, more);
    if (status !== routes[route].status) throw new Error(`${route} by ${as}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** What is kept of the answer to a call with this Idempotency-Key. */
  keptAnswer(route: RouteId, as: string, key: string): Promise<StoredAnswer | undefined> {
    const digest = createHash('sha256').update(key).digest('hex');
    return dynamoAnswers(this.#aws.table).find(department(as), route, digest);
  }

  name(): string {
    return `thing-${++this.#made}`;
  }

  async published(): Promise<{ readonly resourceId: string }> {
    const resourceId = this.name();
    await this.did('publishResource', 'quality', {
      params: { resourceId },
      body: aDefinition({ updateCycle: 'irregular' }),
    });
    return { resourceId };
  }

  /** Every agreement with the terms' own long validity, and a history of long ago. */
  async agreement(
    changes: AgreementChanges = {},
    change: (agreement: Agreement) => Agreement = (same) => same,
    lookAtDuties?: string,
  ): Promise<Agreement> {
    const made = anAgreement({ agreementId: anId(++this.#made), ...changes, terms: { ...long, ...changes.terms } });
    const agreement = change({ ...made, history: made.history.map((entry) => ({ ...entry, at: past })) });
    await dynamoAgreements(this.#aws.table).add(anAct(agreement, lookAtDuties === undefined ? {} : { lookAtDuties }));
    return agreement;
  }

  /** A proposal whose provider owes an answer, and is known to. */
  async owing(): Promise<Agreement> {
    const agreement = await this.agreement({}, undefined, past);
    await this.#watch({}, context);
    return agreement;
  }

  async demand(more: object = {}, params: Record<string, string> = {}): Promise<{ readonly demandId: string }> {
    const body = {
      title: '法人',
      fields: [{ name: 'org_code' }],
      from: ['quality'],
      purpose: '核对',
      legalBasis: '税收征收管理法',
      ...more,
    };
    const route = params['themeId'] === undefined ? 'stateDemand' : 'stateThemeDemand';
    const { demandId } = await this.did(route, 'tax', { params, body });
    return { demandId: demandId! };
  }

  async theme(): Promise<{ readonly themeId: string }> {
    const themeId = this.name();
    await this.did('defineTheme', 'tax', { params: { themeId }, body: themeBody });
    return { themeId };
  }

  async offer(): Promise<{ readonly resourceId: string }> {
    const params = await this.published();
    await this.did('stateOffer', 'quality', { params, body: { ...offerBody, audience: ['tax'] } });
    return params;
  }

  async scheme() {
    const { resourceId } = await this.published();
    const body = { name: '法人', proposals: [{ resourceId, terms: terms20to99 }] };
    const { schemeId, items } = await this.did<{
      schemeId: string;
      items: { agreementId: string; termsDigest: string }[];
    }>('proposeScheme', 'tax', { body });
    const [{ agreementId, termsDigest }] = items as [(typeof items)[0]];
    return { params: { schemeId }, agreementId, termsDigest };
  }

  async upload(): Promise<{ readonly uploadId: string }> {
    const { resourceId } = await this.published();
    const { uploadId } = await this.did('announceUpload', 'quality', { body: { resourceId, ...object } });
    return { uploadId: uploadId! };
  }

  /** An agreement whose consumer compares lists with the provider's approval. */
  compared(): Promise<Agreement> {
    return this.agreement({ state: 'active', terms: comparisonTerms({ ...long, approval: 'provider' }) });
  }

  /** A list that has come, and waits for the provider's word. */
  async comparison(): Promise<{ readonly comparisonId: string }> {
    const { agreementId } = await this.compared();
    const { comparisonId } = await this.did('announceComparison', 'tax', {
      body: { agreementId, kind: 'verify', ...object },
    });
    const comparisons = dynamoComparisons(this.#aws.table);
    const awaiting = await comparisons.find(comparisonId as ComparisonId);
    const reception = awaiting && receive(awaiting, { versionId: 'v1', bytes: object.bytes }, past);
    if (reception?.kind !== 'mark') throw new Error('it does not await its list');
    await comparisons.replace(reception.comparison, awaiting!);
    return { comparisonId: comparisonId! };
  }

  /** An agreement whose consumer has keys watched. */
  watched(): Promise<Agreement> {
    return this.agreement({ state: 'active', terms: lookupTerms({ ...long, watchKeys: 5 }) });
  }

  async watch(): Promise<{ readonly watchId: string }> {
    const { agreementId } = await this.watched();
    const { watchId } = await this.did('lodgeKeys', 'tax', { body: { agreementId, keys: [{ org_code: '11-1' }] } });
    return { watchId: watchId! };
  }

  /** What `tax` may have compared again and again: a resource of its own. */
  async reconcilable() {
    const { agreementId } = await this.agreement({ state: 'active', terms: comparisonTerms(long) });
    const resourceId = this.name() as ResourceId;
    await this.did('publishResource', 'tax', {
      params: { resourceId },
      body: aDefinition({ provider: 'tax', updateCycle: 'irregular' }),
    });
    return { agreementId, kind: 'verify', list: { resourceId } };
  }

  async reconciliation(): Promise<{ readonly reconciliationId: string }> {
    const { reconciliationId } = await this.did('orderReconciliation', 'tax', { body: await this.reconcilable() });
    return { reconciliationId: reconciliationId! };
  }

  async correction(): Promise<{ readonly correctionId: string }> {
    const correctionId = anId(++this.#made) as string as CorrectionId;
    const report = { line: 2, field: 'name', reason: 'wrong', words: '不符' } as const;
    const correction = reported(correctionId, this.delivery, report, past);
    const ports = { clock: { now: () => past }, ids: { next: () => anId(++this.#made) as string } };
    const by = { department: department('tax'), session: 'clerk-7' };
    await dynamoCorrections(this.#aws.table).report({ ...correctionAct(ports, correction, by), notices: [] });
    return { correctionId };
  }

  /** A resource that `tax` derives of what `quality` delivers to it, and its last run. */
  async derived() {
    const source = (await this.published()).resourceId as ResourceId;
    const terms = { reshare: 'derived' as const, fields: ['org_code'] };
    const { agreementId } = await this.agreement({ state: 'active', resourceId: source, terms });
    const resourceId = this.name() as ResourceId;
    const body = aDefinition({
      provider: 'tax',
      schema: { primaryKey: ['org_code'], fields: [{ name: 'org_code', type: 'string', sensitivity: 'public' }] },
      derivation: { inputs: { firms: { resourceId: source } }, sql: 'SELECT org_code FROM firms' },
    });
    await this.did('publishResource', 'tax', { params: { resourceId }, body });
    const run = aDerivation({ resourceId, provider: department('tax') });
    await dynamoDerivations(this.#aws.table).put(run, undefined);
    return { params: { resourceId }, agreementId };
  }

  /** What `tax` may look up, and how. */
  async lookable(): Promise<LookupBody> {
    const mode = lookupTerms({ ...long, reasons: ['a word'] });
    const { agreementId } = await this.agreement({ state: 'active', terms: mode as never });
    return { agreementId, key: { org_code: '11-1' }, caseNumber: '执1', reason: 'a word' };
  }

  async lookup(): Promise<{ readonly lookupId: string; readonly agreementId: string }> {
    const body = await this.lookable();
    const { lookupId } = await this.did('lookUp', 'tax', { body });
    return { lookupId: lookupId!, agreementId: body.agreementId };
  }

  async #begin(): Promise<void> {
    await this.#publish(firms, 'irregular');
    await this.#publish(late, 'daily');
    await this.agreement({ state: 'active', resourceId: late });
    const key = 'datasets/legal-entities/x/1.csv';
    const put = await this.#aws.s3.send(
      new PutObjectCommand({ Bucket: this.#aws.buckets.datasets, Key: key, Body: csv }),
    );
    const dataset = aStoredDataset({ ...object, rows: 1, objects: [{ key, versionId: put.VersionId!, ...object }] });
    await commit(this.#aws.table, [
      ...writeDataset(this.#aws.table, dataset),
      {
        Update: {
          TableName: this.#aws.table.name,
          Key: keyOf.resource(firms),
          UpdateExpression: 'SET datasetVersion = :version',
          ExpressionAttributeValues: { ':version': 1 },
        },
      },
    ]);
    const { table, s3, buckets } = this.#aws;
    const row = { org_code: '11-1', name: '甲', division: '110102' };
    const representation = await putRepresentation(s3, buckets.datasets, aDefinition().schema, [row], 1);
    await commit(table, [putNew(table, representationItem(representation))]);
    this.delivery = await this.#released(key, put.VersionId!);
  }

  async #publish(resourceId: ResourceId, updateCycle: 'irregular' | 'daily'): Promise<void> {
    const definition = aDefinition({ updateCycle });
    const version = aResourceVersion({ resourceId, publishedAt: past, definition });
    await dynamoResources(this.#aws.table).publish({
      version,
      entry: entryOf(version),
      evidence: {
        evidenceId: anId(++this.#made),
        at: past,
        act: 'definition-published',
        actor: { department: department('quality'), session: 'x' },
        subject: { resourceId },
        digests: {},
      },
    });
  }

  async #released(key: string, versionId: string): Promise<StoredDelivery> {
    const { table } = this.#aws;
    const kept = { duties: { disposal: { retainDays: 36_500 } } };
    const agreement = await this.agreement({ state: 'active', terms: { ...kept, mask: { org_code: 'hide' } } });
    const { schema } = aDefinition();
    const planned = planDelivery(agreement, aStoredDataset(object), { pinned: schema, actual: schema }, past);
    const { deliveryId, extractId, resourceId, datasetVersion, format, lookAgainAt: _done, ...rest } = planned;
    const facts = { deliveryId, extractId, resourceId, datasetVersion, format };
    const written = { rows: 1, ...object };
    const delivery: StoredDelivery = {
      ...rest,
      ...facts,
      ...written,
      state: 'noticed',
      releasedAt: past,
      position: 1,
    };
    const extract = {
      extractId,
      resourceId,
      datasetVersion,
      format,
      ...written,
      object: { key, versionId },
      grants: 1,
      state: 'ready',
    };
    const list = providedList(delivery, past);
    const pointer = pointerOf(delivery);
    await commit(
      table,
      [
        toItem('delivery', keyOf.delivery(deliveryId), delivery, { list }),
        toItem('pointer', keyOf.mailboxDelivery(delivery.consumer, 1), pointer),
        toItem('mailbox', keyOf.mailbox(delivery.consumer), { department: delivery.consumer, position: 1 }),
        toItem('extract', keyOf.extract(extractId), extract),
        toItem('grant', keyOf.grant(extractId, deliveryId), { deliveryId, extractId }),
      ].map((item) => putNew(table, item)),
    );
    return delivery;
  }
}

export const themeBody = { name: '法人', nameEn: 'Firms', lead: 'tax', members: ['quality'], purpose: '核对' };
export const offerBody = { fields: ['org_code', 'name'], maxDays: 365, maxRetainDays: 365 };
export const announced = object;
