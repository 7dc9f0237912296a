import { expect } from '@jest/globals';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import { inOrder } from '../../functions/kernel/each.ts';
import type { Scheme, SchemePart } from '../../schemas/contracts/schemes.ts';
import { eventually, usual } from '../support/city.ts';
import { csvOf } from '../support/legal-entities.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';
import {
  areaOf,
  columns,
  conditional,
  duties,
  files,
  idOf,
  lost,
  masked,
  names,
  offices,
  resourceId,
  sources,
  termsOf,
  theDatabase,
  to,
  uploaded,
} from './emergency-offices.ts';

/** What is signed. */
const read = ({ agreementId, termsVersion, termsDigest }: SchemePart) => ({
  agreementId: agreementId!,
  termsVersion: termsVersion!,
  termsDigest: termsDigest!,
});
/** So many offices act at once: of more, on one machine, most would wait for a function. */
const AT_ONCE = 5;
async function forEach<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for await (const [, result] of inOrder(items.entries(), AT_ONCE, ([index, item]) => work(item, index)))
    results.push(result);
  return results;
}

/** A statement without ORDER BY says nothing of the order of its records. */
const sorted = (csv: string) => csv.trimEnd().split('\n').toSorted();

/** What is made of its sources goes to each office for its own area, as far as every source allows (scenario 4). */
export async function emergencyDatabase({ city }: Place): Promise<void> {
  const ofDatabase = { params: { resourceId } };
  const publish = (definition: object) =>
    city.as('emergency').ask(routes.publishResource, { ...ofDatabase, body: definition as Body<'publishResource'> });
  const violationsOf = (reply: Parameters<typeof problemOf>[0]) =>
    (problemOf(reply) as { violations?: readonly { path: string; rule: string; message: string }[] }).violations;
  const run = () => city.as('emergency').ask(routes.readDerivation, ofDatabase);
  const all = Object.keys(offices);
  let scheme: Scheme;

  /** A party sees its own part, accepts it as it stands there, and signs it. */
  async function agreeTo({ schemeId }: Scheme, party: string, part: object): Promise<void> {
    const params = { schemeId };
    const as = city.as(party);
    const { items } = await as.call(routes.readScheme, { params });
    expect(items).toEqual([expect.objectContaining({ ...part, state: 'proposed' })]);
    const agreements = items.map(read);
    const accepted = agreements.map(({ termsDigest: _termsDigest, ...agreement }) => agreement);
    await as.call(routes.acceptScheme, { params, body: { agreements: accepted } });
    await as.call(routes.signScheme, { params, body: { agreements } });
  }
  /** Whoever proposed it signs all of it by one call; the authority files each. */
  async function conclude({ schemeId, items }: Scheme, number: string): Promise<void> {
    const params = { schemeId };
    const agreements = items.map(read);
    const signed = await city.as('emergency').call(routes.signScheme, { params, body: { agreements } });
    expect(signed.items.map(({ state }) => state)).toEqual(items.map(() => 'signed'));
    const filed = await forEach(agreements, ({ agreementId }, index) =>
      city.as('eitc').call(routes.fileAgreement, {
        params: { agreementId },
        body: { filingNumber: `${number}-${index}` },
      }),
    );
    expect(filed.map(({ state }) => state)).toEqual(items.map(() => 'active'));
  }

  await step('the emergency office asks its four sources as one scheme; each accepts and signs its part', async () => {
    await Promise.all(
      names.map((name) => {
        const { provider, title, fields: own, primaryKey } = sources[name];
        const schema = { primaryKey, fields: own };
        return city.publish(provider, idOf(name), { title, provider, ...conditional, updateCycle: 'daily', schema });
      }),
    );
    const proposals = names.map((name) => ({
      resourceId: idOf(name),
      terms: usual({ duties, ...sources[name].asked }),
    }));
    scheme = await city.as('emergency').call(routes.proposeScheme, { body: { name: '应急指挥主题库', proposals } });
    await Promise.all(names.map((name) => agreeTo(scheme, sources[name].provider, { resourceId: idOf(name) })));
    await conclude(scheme, 'T-emergency-sources');
  });

  await step(
    'a source that may not be shared on is in no theme database: the refusal names it and its term',
    async () => {
      const shelters = `${columns}, (SELECT count(*) FROM shelters s WHERE s.division = h.division) AS shelters`;
      const refused = await publish(theDatabase(names, shelters, [{ name: 'shelters', type: 'integer' }]));
      expect(violationsOf(refused)).toEqual([
        {
          path: '/derivation/inputs/shelters',
          rule: 'inherited-reshare',
          message: expect.stringContaining(
            'emergency-shelters does not let what is derived of it be shared (reshare: no)',
          ),
        },
      ]);
    },
  );
  await step('a field that a source does not give is in none either', async () => {
    const refused = await publish(
      theDatabase(uploaded, `${columns}, e.representative`, [{ name: 'representative', sensitivity: 'personal' }]),
    );
    expect(violationsOf(refused)).toMatchObject([{ path: '/derivation/sql', rule: 'statement-name' }]);
  });
  await step('what every source allows is published', async () => {
    expect(await publish(theDatabase(uploaded, columns))).toMatchObject({ ok: true });
  });

  await step('its sources send their data, and the database is made', async () => {
    await Promise.all(
      uploaded.map(async (name) => {
        const { provider, fields: own } = sources[name];
        const csv = csvOf(
          files[name],
          own.map((field) => field.name),
        );
        expect(await city.upload(provider, idOf(name), csv)).toMatchObject({ state: 'accepted' });
      }),
    );
    expect(
      (await city.receive('emergency', uploaded.length)).map(({ notice }) => notice.resourceId).toSorted(),
    ).toEqual(uploaded.map(idOf).toSorted());
    await eventually(run, (reply) => reply.ok && reply.body.state === 'committed');
  });

  await step('it cannot be shared further than the sources let pass: each part says of which and in what', async () => {
    const area = offices['district-xicheng']!;
    const proposals = [
      to('district-xicheng', termsOf(area)),
      to('district-chaoyang', { ...masked(area), reshare: 'yes' }),
    ];
    const body = { name: '应急指挥主题库共享（未遮盖）', proposals };
    const { items } = await city.as('emergency').call(routes.proposeScheme, { body });
    const [unmasked, passedOn] = items.map(({ refusal }) => refusal?.violations);
    expect(unmasked).toMatchObject([
      {
        path: '/terms/mask/phone',
        rule: 'inherited-mask',
        message: expect.stringContaining('emergency-entities.phone came masked (last4)'),
      },
    ]);
    expect(new Set(passedOn?.map(({ rule }) => rule))).toEqual(new Set(['inherited-reshare']));
    expect(passedOn?.map(({ message }) => message.split(' ')[0]).toSorted()).toEqual(uploaded.map(idOf).toSorted());
  });

  await step(
    `it is shared to ${all.length} offices by one scheme; each sees, accepts and signs its own area`,
    async () => {
      const proposals = all.map((office) => to(office, masked(offices[office]!)));
      const shared = await city
        .as('emergency')
        .call(routes.proposeScheme, { body: { name: '应急指挥主题库共享', proposals } });
      expect(shared.items.map(({ consumer, state }) => [consumer, state])).toEqual(
        all.map((office) => [office, 'proposed']),
      );
      const { agreementId } = shared.items[0]!;
      const preview = await city
        .as(all[0]!)
        .call(routes.previewTerms, { params: { agreementId: agreementId! }, query: {} });
      expect(preview).toMatchObject({ exact: true, rows: sorted(areaOf(all[0]!, true)).length - 1 });
      await forEach(all, (office) => agreeTo(shared, office, { resourceId, consumer: office }));
      await conclude(shared, 'T-emergency-database');
    },
  );

  await step('each office gets exactly its own area', async () => {
    await forEach(all, async (as) => {
      const [delivered] = await city.receive(as);
      expect({ as, rows: sorted(delivered!.text) }).toEqual({ as, rows: sorted(areaOf(as, true)) });
      expect(sorted(delivered!.text).length).toBeGreaterThan(1);
    });
  });

  const source = () => scheme.items.find((item) => item.resourceId === idOf('entities'))!.agreementId!;
  await step('which offices would lose what is known before a source is withdrawn', async () => {
    const sent = { ...ofDatabase, query: { without: source() } };
    const impact = await city.as('quality').call(routes.readImpact, sent);
    expect(impact).toMatchObject({ outcome: 'goes-on', lost, contentStops: true });
    const losing = impact.agreements.toSorted((one, other) => one.consumer.localeCompare(other.consumer));
    expect(losing.map(({ consumer, fields: gone }) => [consumer, gone])).toEqual(
      all
        .filter((as) => as.startsWith('district-'))
        .toSorted()
        .map((as) => [as, lost]),
    );
    expect((await city.as('district-xicheng').ask(routes.readImpact, sent)).status).toBe(404);
    expect((await city.as('work-safety').ask(routes.readImpact, sent)).status).toBe(404);
  });

  await step(
    'it is withdrawn: what the offices had cannot be fetched, what they get has its fields missing, and the rest whole',
    async () => {
      const before = await forEach(
        all,
        async (as) => (await city.as(as).call(routes.listDeliveries, { query: {} })).items.at(-1)!.deliveryId,
      );
      const params = { agreementId: source() };
      await city.as('quality').call(routes.terminateAgreement, { params, body: { reason: '登记系统停用' } });
      await eventually(run, (reply) => reply.ok && reply.body.state === 'committed' && reply.body.lost !== undefined);
      expect(await run()).toMatchObject({ body: { lost, inputs: { entities: { lost: true } } } });
      await forEach(all, async (as, index) => {
        const old = await city.as(as).ask(routes.readContent, { params: { deliveryId: before[index]! } });
        expect({ as, code: problemOf(old).code }).toEqual({ as, code: 'agreement-not-active' });
        const [delivered] = await city.receive(as);
        expect({ as, rows: sorted(delivered!.text) }).toEqual({ as, rows: sorted(areaOf(as, false)) });
      });
    },
  );
}
