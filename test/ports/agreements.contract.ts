import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Agreement, AgreementQuery } from '../../schemas/contracts/agreements.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId, ResourceId, DepartmentId, NoticeId, SchemeId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Act, Agreements } from '../../functions/agreements/ports.ts';
import type { Answers } from '../../functions/kernel/ports.ts';
import { amended, anAct, anAgreement, anId, department, instant, resource } from '../support/builders.ts';

export interface AgreementStore {
  /** One more dataset of a resource is committed. */
  giveDataset(resourceId: ResourceId): Promise<void>;
  readonly agreements: Agreements;
  readonly answers: Answers;
  evidenceOn(id: AgreementId): Promise<readonly Evidence[]>;
  /** When a sweeper would look at the agreement; undefined where nobody need react. */
  lookAgainAt(id: AgreementId): Promise<string | undefined>;
  /** When what is owed under the agreement is looked at. */
  lookAtDuties(id: AgreementId): Promise<string | undefined>;
  /** The agreements on which a date acts by then. */
  due(until: string): Promise<readonly AgreementId[]>;
  /** Notices on their way to a department. */
  told(to: DepartmentId): Promise<readonly OutgoingNotice[]>;
  close(): Promise<void>;
}

let made = 0;
const nextId = () => anId(++made);

const actOn = (agreement: Agreement, more: Partial<Act> = {}): Act =>
  anAct(agreement, { evidence: [evidenceOn(agreement)], ...more });
const evidenceOn = (agreement: Agreement): Evidence => ({
  evidenceId: nextId(),
  at: instant,
  act: 'agreement-proposed',
  actor: { department: agreement.consumer, session: 'clerk-7' },
  subject: { agreementId: agreement.agreementId, termsVersion: agreement.termsVersion },
  digests: { terms: agreement.termsDigest },
});
const aNotice = (agreement: Agreement): OutgoingNotice => ({
  to: agreement.provider,
  notice: {
    type: 'agreement',
    noticeId: nextId() as unknown as NoticeId,
    event: 'propose',
    at: instant,
    agreementId: agreement.agreementId,
    state: agreement.state,
    resourceId: agreement.resourceId,
    path: `/v1/agreements/${agreement.agreementId}`,
  },
});
const anAnswer = (key: string): StoredAnswer => ({
  department: department('tax'),
  routeId: 'proposeAgreement',
  key,
  requestDigest: 'digest',
  status: 201,
  body: '{}',
  expires: 4_000_000_000,
});
const query = (changes: Partial<AgreementQuery> = {}): AgreementQuery => ({ limit: 50, ...changes });

const summaryOf = ({
  terms: _terms,
  history: _history,
  signatures: _signatures,
  approvals: _approvals,
  consents: _consents,
  amendment: _amendment,
  suspensions: _suspensions,
  ...summary
}: Agreement) => summary;

/** What every store of agreements promises. */
export function agreementsContract(name: string, open: () => Promise<AgreementStore>): void {
  describe(`agreements on ${name}`, () => {
    let store: AgreementStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    const added = async (changes: Parameters<typeof anAgreement>[0] = {}) => {
      const agreement = anAgreement({ agreementId: nextId(), ...changes });
      expect(await store.agreements.add(actOn(agreement))).toBe(true);
      return agreement;
    };

    test('what nobody added is not found', async () => {
      expect(await store.agreements.find(nextId())).toBeUndefined();
    });
    test.each([
      ['of the ordinary kind', {}],
      [
        'with Chinese, quotes and characters beyond the basic plane',
        { terms: { purpose: '税务"登记"\n𠮷', mask: { name: 'first1' as const } } },
      ],
      [
        'with numbers larger, smaller and longer than a table’s own',
        {
          terms: {
            filter: [1e300, 1e-300, Number.MAX_VALUE, 2 ** 53 + 2, 0.1].map((value) => ({
              field: 'capital',
              op: 'eq' as const,
              value,
            })),
          },
        },
      ],
      ['in its last state', { state: 'terminated' as const }],
      ['that is suspended', { state: 'suspended' as const }],
      ['of a scheme', { scheme: anId(900_001) as unknown as SchemeId }],
    ])('an agreement %s comes back as it was added', async (_, changes) => {
      const agreement = await added(changes);
      expect((await store.agreements.find(agreement.agreementId))?.value).toEqual(agreement);
    });
    test('one with an amendment, a dispute and all that can be about it comes back as it was put there', async () => {
      const agreement = await added({ state: 'suspended' });
      const full: Agreement = {
        ...amended(agreement, 'signed'),
        approvals: [{ department: department('tax'), approver: 'li', at: instant }],
        dispute: { state: 'open', openedBy: department('tax'), openedAt: instant },
        outdated: { resourceVersion: 2, fields: ['name'], graceUntil: '2027-03-01' },
      };
      expect(await store.agreements.replace(actOn(full), 1)).toBe('replaced');
      expect((await store.agreements.find(agreement.agreementId))?.value).toEqual(full);
    });
    test('a replacement must name the revision that is there', async () => {
      const agreement = await added();
      const { revision } = (await store.agreements.find(agreement.agreementId))!;
      const agreed: Agreement = { ...agreement, state: 'agreed' };
      expect(await store.agreements.replace(actOn(agreed), revision)).toBe('replaced');
      expect(await store.agreements.replace(actOn({ ...agreement, state: 'terminated' }), revision)).toBe('changed');
      const current = await store.agreements.find(agreement.agreementId);
      expect(current?.value).toEqual(agreed);
      expect(await store.agreements.replace(actOn({ ...agreement, state: 'signed' }), current!.revision)).toBe(
        'replaced',
      );
    });
    test('of many replacements at once one is made, with its evidence', async () => {
      const agreement = await added();
      const { revision } = (await store.agreements.find(agreement.agreementId))!;
      const made = await Promise.all(
        Array.from({ length: 5 }, () => store.agreements.replace(actOn({ ...agreement, state: 'agreed' }), revision)),
      );
      expect(made.filter((each) => each === 'replaced')).toHaveLength(1);
      expect(await store.evidenceOn(agreement.agreementId)).toHaveLength(2);
    });
    test('an act that puts terms in force is made only while the dataset that it names is the newest', async () => {
      const agreement = await added({ state: 'signed', resourceId: resource('births-in-force') });
      const filed = (whileDataset: number) => actOn({ ...agreement, state: 'active' }, { whileDataset });
      await store.giveDataset(agreement.resourceId);
      expect(await store.agreements.replace(filed(0), 1)).toBe('dataset-changed');
      expect(await store.agreements.replace(filed(0), 7)).toBe('changed');
      expect((await store.agreements.find(agreement.agreementId))?.value.state).toBe('signed');
      expect(await store.agreements.replace(filed(1), 1)).toBe('replaced');
      const none = await added({ state: 'signed', resourceId: resource('births-to-come') });
      expect(await store.agreements.replace(actOn({ ...none, state: 'active' }, { whileDataset: 0 }), 1)).toBe(
        'replaced',
      );
    });
    test('nothing replaces what is not there', async () => {
      expect(await store.agreements.replace(actOn(anAgreement({ agreementId: nextId() })), 1)).toBe('changed');
    });

    describe('an act', () => {
      test('is committed with its evidence and its answer', async () => {
        const agreement = anAgreement({ agreementId: nextId() });
        const act = actOn(agreement, { answer: anAnswer(`answered-${agreement.agreementId}`) });
        expect(await store.agreements.add(act)).toBe(true);
        expect(await store.evidenceOn(agreement.agreementId)).toEqual(act.evidence);
        expect(
          await store.answers.find(department('tax'), 'proposeAgreement', `answered-${agreement.agreementId}`),
        ).toEqual(act.answer);
        expect(
          await store.answers.find(department('tax'), 'signAgreement', `answered-${agreement.agreementId}`),
        ).toBeUndefined();
      });
      test('leaves nothing behind where its answer’s key is taken', async () => {
        const agreement = await added();
        const answer = anAnswer(`taken-${agreement.agreementId}`);
        expect(await store.agreements.replace(actOn({ ...agreement, state: 'agreed' }, { answer }), 1)).toBe(
          'replaced',
        );
        const other = anAgreement({ agreementId: nextId(), consumer: department('archives') });
        expect(await store.agreements.add(actOn(other, { answer }))).toBe(false);
        expect(await store.agreements.replace(actOn({ ...agreement, state: 'terminated' }, { answer }), 2)).toBe(
          'changed',
        );
        expect(await store.agreements.find(other.agreementId)).toBeUndefined();
        expect(await store.evidenceOn(other.agreementId)).toEqual([]);
        expect((await store.agreements.listOf(department('archives'), query())).items).toEqual([]);
        expect((await store.agreements.find(agreement.agreementId))?.value.state).toBe('agreed');
        expect(await store.evidenceOn(agreement.agreementId)).toHaveLength(2);
      });
      test('of two things at once is committed with the evidence of both', async () => {
        const agreement = anAgreement({ agreementId: nextId(), state: 'agreed' });
        const act = actOn(agreement, { evidence: [evidenceOn(agreement), evidenceOn(agreement)] });
        expect(await store.agreements.add(act)).toBe(true);
        expect(await store.evidenceOn(agreement.agreementId)).toEqual(act.evidence);
      });
      test('is committed with its notices, which an act that fails does not send', async () => {
        const agreement = anAgreement({ agreementId: nextId(), provider: department('surveying') });
        const notice = aNotice(agreement);
        expect(await store.agreements.add(actOn(agreement, { messages: [notice] }))).toBe(true);
        expect(await store.agreements.replace(actOn(agreement, { messages: [aNotice(agreement)] }), 7)).toBe('changed');
        expect(await store.told(agreement.provider)).toEqual([notice]);
      });
      test('says when a date acts next, and takes that away where none will', async () => {
        const agreement = anAgreement({ agreementId: nextId() });
        const { agreementId } = agreement;
        const at = '2031-05-31T16:00:00.000Z';
        await store.agreements.add(actOn(agreement, { nextTick: at }));
        expect(await store.due('2031-05-31T15:59:59.999Z')).not.toContain(agreementId);
        expect(await store.due(at)).toContain(agreementId);
        await store.agreements.replace(actOn(agreement, { nextTick: '2031-06-30T16:00:00.000Z' }), 1);
        expect(await store.due(at)).not.toContain(agreementId);
        await store.agreements.replace(actOn({ ...agreement, state: 'terminated' }), 2);
        expect(await store.due('2099-01-01T00:00:00.000Z')).not.toContain(agreementId);
      });
      test('has what is owed looked at', async () => {
        const agreement = await added();
        expect(await store.lookAtDuties(agreement.agreementId)).toBe(instant);
        const later = '2026-12-03T01:00:00.000Z';
        await store.agreements.replace(actOn(agreement, { lookAtDuties: later }), 1);
        expect(await store.lookAtDuties(agreement.agreementId)).toBe(later);
      });
      test('marks the agreement where somebody must react, until somebody has: an act that asks for nothing leaves the mark', async () => {
        const agreement = await added();
        expect(await store.lookAgainAt(agreement.agreementId)).toBeUndefined();
        await store.agreements.replace(
          actOn({ ...agreement, state: 'active' }, { lookAgainAt: '2026-12-01T01:01:00.000Z' }),
          1,
        );
        expect(await store.lookAgainAt(agreement.agreementId)).toBe('2026-12-01T01:01:00.000Z');
        await store.agreements.replace(actOn(agreement), 2);
        expect(await store.lookAgainAt(agreement.agreementId)).toBe('2026-12-01T01:01:00.000Z');
      });
    });

    describe('lists', () => {
      const provider = department('civil-affairs');
      const all: Agreement[] = [];
      beforeAll(async () => {
        for (let number = 0; number < 60; number++) {
          all.push(
            await added({
              provider,
              consumer: department(number % 2 ? 'health' : 'housing'),
              resourceId: resource(number % 3 ? 'births' : 'deaths'),
              state: number % 5 ? 'active' : 'proposed',
            }),
          );
        }
      });
      const idsOf = (agreements: readonly Pick<Agreement, 'agreementId'>[]) =>
        agreements.map(({ agreementId }) => agreementId);
      const paged = async (
        list: (query: AgreementQuery) => ReturnType<Agreements['listAll']>,
        asked: AgreementQuery,
      ) => {
        const seen: string[] = [];
        for (let cursor: string | undefined; ;) {
          const page = await list({ ...asked, cursor });
          expect(page.items.length).toBeLessThanOrEqual(asked.limit);
          seen.push(...idsOf(page.items));
          if (page.cursor === undefined) return seen;
          cursor = page.cursor;
        }
      };

      test('show what a summary shows', async () => {
        const agreement = all[1]!;
        const summary = summaryOf(agreement);
        expect((await store.agreements.listOf(department('health'), query({ limit: 1 }))).items).toEqual([summary]);
        const everybodys = await store.agreements.listAll(query({ resourceId: agreement.resourceId, limit: 1 }));
        expect(everybodys.items).toEqual([summary]);
      });
      test('show at once what an act has changed, to both parties', async () => {
        const consumer = department('emergency');
        const agreement = await added({ consumer, provider: department('planning'), state: 'active' });
        const ended: Agreement = {
          ...agreement,
          state: 'terminated',
          dispute: { state: 'open', openedBy: consumer, openedAt: instant },
          disposal: { owedSince: '2026-12-01', due: '2027-12-01' },
        };
        expect(await store.agreements.replace(actOn(ended), 1)).toBe('replaced');
        for (const party of [consumer, agreement.provider])
          expect((await store.agreements.listOf(party, query())).items).toEqual([summaryOf(ended)]);
      });
      test('keep to the scheme that is asked for', async () => {
        const scheme = anId(900_002) as unknown as SchemeId;
        const party = department('landscaping');
        await added({ consumer: party });
        const mine = await added({ consumer: party, scheme });
        expect(idsOf((await store.agreements.listOf(party, query({ scheme }))).items)).toEqual([mine.agreementId]);
        expect(idsOf((await store.agreements.listAll(query({ scheme }))).items)).toEqual([mine.agreementId]);
      });
      test.each([1, 7, 25, 30, 59, 60, 100])('are complete and in order in pages of %d', async (limit) => {
        expect(await paged((asked) => store.agreements.listOf(provider, asked), query({ limit }))).toEqual(idsOf(all));
        const everybodys = await paged((asked) => store.agreements.listAll(asked), query({ limit }));
        expect(everybodys).toEqual([...everybodys].toSorted());
        expect(new Set(everybodys).size).toBe(everybodys.length);
        expect(everybodys).toEqual(expect.arrayContaining(idsOf(all)));
      });
      test.each<[Partial<AgreementQuery>]>([
        [{ state: 'proposed' }],
        [{ resourceId: resource('births') }],
        [{ resourceId: resource('births'), state: 'active' }],
        [{ state: 'terminated' }],
      ])('keep to %j', async (criteria) => {
        const wanted = all.filter(
          ({ state, resourceId }) =>
            (criteria.state ?? state) === state && (criteria.resourceId ?? resourceId) === resourceId,
        );
        for (const limit of [3, 50]) {
          expect(
            await paged((asked) => store.agreements.listOf(provider, asked), query({ limit, ...criteria })),
          ).toEqual(idsOf(wanted));
        }
        const consumers = wanted.filter(({ consumer }) => consumer === 'housing');
        expect(
          await paged(
            (asked) => store.agreements.listOf(department('housing'), asked),
            query({ limit: 4, ...criteria }),
          ),
        ).toEqual(idsOf(consumers));
        const everybodys = await paged(
          (asked) => store.agreements.listAll(asked),
          query({ limit: 9, resourceId: resource('births'), ...criteria }),
        );
        const births = wanted.filter(({ resourceId }) => resourceId === 'births');
        expect(everybodys).toEqual(idsOf(births));
      });
      test('are empty for who is party to nothing', async () => {
        expect(await store.agreements.listOf(department('culture'), query())).toEqual({ items: [] });
      });
      test('show what was added during the paging, and nothing twice', async () => {
        const first = await store.agreements.listOf(department('press'), query({ limit: 2 }));
        expect(first.items).toEqual([]);
        const mine = [
          await added({ consumer: department('press') }),
          await added({ consumer: department('press') }),
          await added({ consumer: department('press') }),
        ];
        const page = await store.agreements.listOf(department('press'), query({ limit: 2 }));
        const late = await added({ consumer: department('press') });
        const rest = await store.agreements.listOf(department('press'), query({ limit: 9, cursor: page.cursor }));
        expect(idsOf([...page.items, ...rest.items])).toEqual(idsOf([...mine, late]));
      });
    });
  });
}
