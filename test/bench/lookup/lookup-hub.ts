import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { upload } from '../../../clients/node/steward.ts';
import { routes } from '../../../clients/protocol/routes.ts';
import { City } from '../../support/city.ts';
import { startHub } from '../../support/hub.ts';
import type { BenchContext } from '../cases.ts';
import { DisagreementError } from '../check/verify.ts';
import { RESOURCE_COLUMNS } from '../compare/verify-job.ts';
import type { Figures } from '../figures.ts';
import { type Asked, PEOPLE } from './lookup-files.ts';
import { figuresOfTimes, timesOf } from './times.ts';

const PROVIDER = 'public-security';
/** One officer each, whose lookups are counted one behind the other; those of several meet nowhere. */
const CONSUMERS = ['court-shijingshan', 'tax', 'planning', 'press', 'culture', 'housing', 'emergency', 'commerce'];
const RESOURCE = 'bench-people';
const [CASE, REASON] = ['(2026)京0107执1024号', 'bench'];
/** Calls of each kind. */
const CALLS = 300;
const ASK_EVERY_MS = 500;

/** Lookups through the protocol, from the signed call to the parsed answer: evidence, quotas and all. */
export async function lookUpInHub(
  known: Pick<Figures, 'case' | 'rows'>,
  csv: string,
  asked: readonly Asked[],
  { folder, progress }: BenchContext,
): Promise<Figures[]> {
  await rm(join(folder, 'hub'), { recursive: true, force: true });
  const hub = await startHub({ data: join(folder, 'hub', known.case), warm: true });
  const city = await City.of(hub);
  const told = (about: string) => progress(`${known.case}: ${about}`);
  try {
    told('a hub gets the register');
    const agreements = await prepared(city, csv);
    told('the register is prepared');
    await searchable(city, agreements[0]!, asked[0]!);
    const figures: Figures[] = [];
    for (const atOnce of [1, agreements.length]) {
      told(`lookups, ${atOnce} at once`);
      const free = agreements.slice(0, atOnce);
      const times = await timesOf(asked.slice(0, CALLS), atOnce, async (one) => {
        const by = free.pop()!;
        const answer = await lookUp(city, by, one.id);
        free.push(by);
        return () => {
          if (JSON.stringify(answer) !== JSON.stringify(expected(one)))
            throw new DisagreementError(`${known.case}: the hub answered something else than the register has`);
        };
      });
      const system = atOnce === 1 ? 'hub' : `hub, ${atOnce} at once`;
      figures.push(figuresOfTimes({ ...known, system, note: undefined }, times, atOnce));
    }
    return figures;
  } finally {
    await hub.stop();
    await city.leave();
    await rm(hub.data, { recursive: true, force: true });
  }
}

interface Agreed {
  readonly consumer: string;
  readonly agreementId: string;
}

async function prepared(city: City, csv: string): Promise<readonly Agreed[]> {
  await city.publish(PROVIDER, RESOURCE, {
    title: 'People of the bench',
    provider: PROVIDER,
    shareType: 'unconditional',
    modes: ['delivery', 'lookup'],
    schema: PEOPLE,
  });
  const agreed: Agreed[] = [];
  for (const consumer of CONSUMERS) {
    const { agreementId } = await city.agree(consumer, PROVIDER, RESOURCE, {
      mode: 'lookup',
      key: ['id'],
      fields: [...RESOURCE_COLUMNS],
      perDay: 100_000,
      perUserPerDay: 100_000,
      reasons: [REASON],
    });
    agreed.push({ consumer, agreementId });
  }
  const { state } = await upload(city.as(PROVIDER), { resourceId: RESOURCE, file: csv });
  if (state !== 'accepted') throw new Error(`the register is ${state}`);
  return agreed;
}

const bodyOf = ({ agreementId }: Agreed, id: string) =>
  ({ agreementId, key: { id }, caseNumber: CASE, reason: REASON }) as never;

async function searchable(city: City, by: Agreed, { id }: Asked): Promise<void> {
  for (;;) {
    const { status } = await city.as(by.consumer).ask(routes.lookUp, { body: bodyOf(by, id) });
    if (status === 200) return;
    if (status !== 409) throw new Error(`a lookup was answered with ${status}`);
    await pause(ASK_EVERY_MS);
  }
}

async function lookUp(city: City, by: Agreed, id: string): Promise<unknown> {
  const answer = await city.as(by.consumer).call(routes.lookUp, { body: bodyOf(by, id) });
  return 'record' in answer ? answer.record : undefined;
}

const expected = ({ person }: Asked) =>
  person && Object.fromEntries(RESOURCE_COLUMNS.map((name, i) => [name, person[i]]));
