import { describe, expect, test } from '@jest/globals';
import { handled } from '../../../functions/kernel/api/handle.ts';
import { requestsLogged, type Told } from '../../../functions/kernel/api/log-requests.ts';
import { paged } from '../../../functions/kernel/api/page.ts';
import { parsed } from '../../../functions/kernel/api/parse.ts';
import { problemsRendered } from '../../../functions/kernel/api/render-problems.ts';
import { represented } from '../../../functions/kernel/api/represent.ts';
import type { Answer, Logged, Paged, Parsed, Repeatable } from '../../../functions/kernel/api/requests.ts';
import { endpoint } from '../../../functions/kernel/endpoint.ts';
import { done, refuse, type Outcome } from '../../../functions/kernel/outcome.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import { recordingLog, recordingMetrics, testClock } from '../../support/memory/kernel.ts';
import { anEnd, anEvent, aRequest, ending, params } from './a-request.ts';

type Given = Outcome<unknown, string>;
const listing = endpoint(routes.listAgreements, async () => refuse('malformed' as never));

describe('parsing', () => {
  test('hands on what the route’s schemas make of it, and notes the ids of the path', async () => {
    const { next, seen } = anEnd<Parsed, Answer>({ result: { statusCode: 200, body: '' } });
    const { request, noted } = aRequest({ event: anEvent({ headers: { 'Idempotency-Key': 'k' } }) });
    await parsed(next)(request);
    expect(seen).toMatchObject([{ params, query: {}, body: { reason: 'x' }, idempotencyKey: 'k' }]);
    expect(noted).toEqual([params]);
  });
  test('hands on nothing that has another form', async () => {
    const { next, seen } = anEnd<Parsed, Answer>({ result: { statusCode: 200, body: '' } });
    const { request, noted } = aRequest({ event: anEvent({ body: {} }) });
    expect(await parsed(next)(request)).toMatchObject({ refusal: { code: 'malformed' } });
    expect([seen, noted]).toEqual([[], []]);
  });
});

describe('pages', () => {
  test('a position goes out as a cursor and comes back as the position', async () => {
    const { next, seen } = anEnd<Paged, Given>(async ({ query }) =>
      done({ items: [], cursor: query['cursor'] ?? 'at 7' }),
    );
    const { request } = aRequest({ endpoint: listing, params: {} });
    const first = await paged(next)(request);
    const { cursor } = (first as { value: { cursor: string } }).value;
    expect(cursor).not.toContain('at 7');
    await paged(next)({ ...request, query: { cursor } });
    expect(seen.map(({ query }) => query['cursor'])).toEqual([undefined, 'at 7']);
    expect(seen[0]!.cursorAt('at 7')).toBe(cursor);
  });
  test('a cursor of another list is refused', async () => {
    const { next, seen } = anEnd<Paged, Given>(done({}));
    const { request } = aRequest({ endpoint: listing, params: {}, query: { cursor: 'bWFkZSB1cA' } });
    expect(await paged(next)(request)).toMatchObject({ refusal: { code: 'malformed' } });
    expect(seen).toEqual([]);
  });
});

describe('representation', () => {
  test.each([
    [{}, 'application/json', '{"items":[]}'],
    [{ format: 'csv' }, 'text/csv; charset=utf-8', expect.stringContaining('duty,by')],
  ])('is the one that the query asks for: %j', async (query, type, body) => {
    const { next } = anEnd<Repeatable, Given>(done({ items: [] }));
    const duties = endpoint(routes.listDuties, async () => done({ items: [] }));
    expect(await represented(next)(aRequest({ endpoint: duties, query }).request)).toEqual({
      result: { statusCode: 200, headers: { 'content-type': type }, body },
    });
  });
  test('leaves a refusal as it is', async () => {
    const { next } = anEnd<Repeatable, Given>(refuse('not-found'));
    expect(await represented(next)(aRequest().request)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('problems', () => {
  const rendered = (answer: Answer) => problemsRendered(() => ending)(anEnd<Logged, Answer>(answer).next);
  test('have the status that the route says for the code, and the words of the code', async () => {
    const { result, code } = await rendered(refuse('not-found'))(aRequest().request);
    expect(code).toBe('not-found');
    expect(result).toMatchObject({ statusCode: 404, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(result.body)).toMatchObject({ code: 'not-found', title: 'Not found', status: 404 });
  });
  test('tell when to come again', async () => {
    const { result } = await rendered(refuse('throttled', { waitMs: 1_200 }))(aRequest().request);
    expect(result).toMatchObject({ statusCode: 429, headers: { 'retry-after': 2 } });
  });
  test('a code that the route does not name is a fault', async () => {
    await expect(rendered(refuse('digest-differs'))(aRequest().request)).rejects.toThrow('digest-differs');
  });
  test('an answer stays as it is', async () => {
    const answer: Answer = { result: { statusCode: 200, body: '{}' }, outcome: 'replayed' };
    expect(await rendered(answer)(aRequest().request)).toBe(answer);
  });
});

describe('the line of a request', () => {
  const said = async (answer: Told | Error) => {
    const [log, metrics] = [recordingLog(), recordingMetrics()];
    const answering = async ({ note }: Logged) => {
      note({ department: 'tax' });
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const result = await requestsLogged({ clock: testClock(), log, metrics })(answering)({ event: anEvent() });
    return { result, line: log.lines[0]!, lines: log.lines.length, counts: metrics.counts };
  };
  const at = { requestId: 'request-1', department: 'tax', milliseconds: 0 };
  test.each<[string, Told | Error, string, object, object]>([
    ['an answer', { result: { statusCode: 200, body: '' } }, 'info', { ...at, status: 200 }, {}],
    [
      'a repetition',
      { result: { statusCode: 201, body: '' }, outcome: 'replayed' },
      'info',
      { ...at, status: 201, outcome: 'replayed' },
      { IdempotentReplays: 1 },
    ],
    [
      'a refusal',
      { result: { statusCode: 404, body: '' }, code: 'not-found' },
      'info',
      { ...at, status: 404, code: 'not-found' },
      { ApiRefusals: 1 },
    ],
    [
      'an answer that came too late',
      { result: { statusCode: 503, body: '' }, code: 'timed-out' },
      'error',
      { ...at, status: 503, code: 'timed-out' },
      {},
    ],
    ['a fault', new Error('on fire'), 'error', { ...at, status: 500, error: expect.anything() }, {}],
  ])('is one, at the level of its kind: %s', async (_case, answer, level, about, counts) => {
    const given = await said(answer);
    expect(given).toMatchObject({ lines: 1, line: { level }, counts });
    expect(given.line.about).toEqual(about);
  });
  test('a fault is answered without a word of what it was', async () => {
    const { result } = await said(new Error('on fire'));
    expect(result).toMatchObject({ statusCode: 500, body: expect.not.stringContaining('fire') });
  });
});

describe('the handler', () => {
  const value = { agreementId: params.agreementId };
  test('gets the call; ids of its answer are noted', async () => {
    const { request, noted } = aRequest();
    const own = { ...ending, handle: async (call: object) => done({ ...value, call }) };
    const outcome = await handled({ ...request, endpoint: own });
    const { caller, query, body } = request;
    expect(outcome).toMatchObject({ ok: true, value: { ...value, call: { caller, params, query, body } } });
    expect(noted).toEqual([value]);
  });
  test('of a repetition is the one that makes answers anew, with the effect', async () => {
    const effect = { agreementId: params.agreementId };
    const { request } = aRequest({ effect });
    const own = { ...ending, again: async (_call: object, to: object) => done(to) };
    expect(await handled({ ...request, endpoint: own })).toEqual(done(effect));
    await expect(handled(request)).rejects.toThrow('terminateAgreement makes no answer anew');
  });
});
