import { describe, expect, test } from '@jest/globals';
import { DemandState, type DemandAction } from '../../schemas/contracts/demands.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { decline } from '../../functions/demands/domain/decline.ts';
import { match, nameResource, type Obtainable } from '../../functions/demands/domain/match.ts';
import { present, stateOf } from '../../functions/demands/domain/progress.ts';
import { standingsOf } from '../../functions/demands/domain/standing.ts';
import { permit, transitions } from '../../functions/demands/domain/transitions.ts';
import { withdraw } from '../../functions/demands/domain/withdraw.ts';
import { done, refuse, type Outcome } from '../../functions/kernel/outcome.ts';
import { department, instant, resource } from '../support/builders.ts';
import type { Officer } from '../../functions/reading/oversight.ts';
import { aDemand, aTheme, declinedBy, progress } from './a-demand.ts';

const at = '2026-12-01T02:00:00.000Z';
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });

const actors = {
  demander: officer('emergency', 'department'),
  asked: officer('quality', 'department'),
  member: officer('district-xicheng', 'department'),
  authority: officer('eitc', 'department', 'authority'),
  auditor: officer('auditor', 'auditor'),
  stranger: officer('press', 'department'),
};
type Actor = keyof typeof actors;

const legalEntities: Obtainable = {
  resourceId: resource('legal-entities'),
  provider: department('quality'),
  shareType: 'conditional',
  retired: false,
};

/** A demand in each state as it is stored, with what an agreement makes of it. */
const inState = (state: DemandState) => {
  if (state === 'negotiating') return { demand: aDemand({ state: 'matched' }), behind: progress('under way') };
  if (state === 'satisfied') return { demand: aDemand({ state: 'matched' }), behind: progress('delivered') };
  return { demand: aDemand({ state, ...(state === 'declined' && { declines: declinedBy('quality', 'commerce') }) }) };
};

const effects: Record<DemandAction, (demand: StoredDemand, by: Officer) => Outcome<StoredDemand, string>> = {
  match: (demand, by) => match(demand, legalEntities, by.department, at),
  draft: (demand) => nameResource(demand, legalEntities, demand.demander, at),
  decline: (demand, by) => decline(demand, by.department, '本单位不掌握该数据', at),
  withdraw: (demand) => done(withdraw(demand, undefined, at)),
};

function result(action: DemandAction, actor: Actor, state: DemandState): string {
  const { demand, behind } = { behind: undefined, ...inState(state) };
  expect(stateOf(demand, behind)).toBe(state);
  const by = actors[actor];
  const permitted = permit(action, stateOf(demand, behind), standingsOf(demand, aTheme(), by));
  if (!permitted.ok) return permitted.refusal.code;
  const outcome = effects[action](demand, by);
  return outcome.ok ? outcome.value.state : outcome.refusal.code;
}

const nobody = (code: string) => DemandState.options.map(() => code);
const refused = ['wrong-state', 'wrong-state', 'wrong-state', 'wrong-state'];

/** For each action and actor: what comes of it in the states open, matched, negotiating, satisfied, declined, withdrawn. */
const expected: Record<DemandAction, Record<Actor, readonly string[]>> = {
  match: {
    demander: ['matched', 'matched', ...refused],
    asked: ['matched', 'matched', ...refused],
    member: nobody('not-the-demander'),
    authority: nobody('not-the-demander'),
    auditor: nobody('not-the-demander'),
    stranger: nobody('not-found'),
  },
  draft: {
    demander: ['matched', 'matched', ...refused],
    asked: nobody('not-the-demander'),
    member: nobody('not-the-demander'),
    authority: nobody('not-the-demander'),
    auditor: nobody('not-the-demander'),
    stranger: nobody('not-found'),
  },
  decline: {
    demander: nobody('not-asked'),
    // The first of two who are asked, and the provider of what was named.
    asked: ['open', 'open', ...refused],
    member: nobody('not-asked'),
    authority: nobody('not-asked'),
    auditor: nobody('not-asked'),
    stranger: nobody('not-found'),
  },
  withdraw: {
    demander: ['withdrawn', 'withdrawn', ...refused],
    asked: nobody('not-the-demander'),
    member: nobody('not-the-demander'),
    authority: nobody('not-the-demander'),
    auditor: nobody('not-the-demander'),
    stranger: nobody('not-found'),
  },
};

describe('every action in every state by everyone', () => {
  const cases = (Object.keys(transitions) as DemandAction[]).flatMap((action) =>
    (Object.keys(actors) as Actor[]).flatMap((actor) =>
      DemandState.options.map((state, column) => ({ action, actor, state, outcome: expected[action][actor][column] })),
    ),
  );
  test.each(cases)('$action of a demand that is $state by $actor: $outcome', ({ action, actor, state, outcome }) => {
    expect(result(action, actor, state)).toBe(outcome);
  });
});

describe('the state of a demand', () => {
  test.each([
    ['with an agreement under way is negotiating', aDemand({ state: 'matched' }), progress('under way'), 'negotiating'],
    [
      'with a filed agreement is negotiating until something comes',
      aDemand({ state: 'matched' }),
      progress('filed'),
      'negotiating',
    ],
    ['with something delivered is satisfied', aDemand({ state: 'matched' }), progress('delivered'), 'satisfied'],
    ['whose agreement has ended is matched again', aDemand({ state: 'matched' }), undefined, 'matched'],
    [
      'that was withdrawn stays so, whatever agreement there is',
      aDemand({ state: 'withdrawn' }),
      progress('filed'),
      'withdrawn',
    ],
  ])('%s', (_, demand, behind, state) => {
    expect(stateOf(demand, behind)).toBe(state);
  });

  test.each([
    ['the demander', 'emergency', ['demander'], true],
    ['the authority', 'eitc', ['authority'], true],
    ['the auditor', 'auditor', ['auditor'], true],
    ['the provider that was asked', 'quality', ['asked'], true],
    ['another that was asked', 'commerce', ['asked'], false],
    ['a member of the theme', 'district-xicheng', ['member'], false],
  ] as const)('%s reads which agreement it is: %s', (_, reader, standings, knows) => {
    const shown = present(aDemand({ state: 'matched' }), progress('filed'), { department: reader, standings });
    expect([shown.state, shown.agreementId !== undefined]).toEqual(['negotiating', knows]);
  });
});

describe('naming a resource', () => {
  const other: Obtainable = { ...legalEntities, resourceId: resource('firms'), provider: department('commerce') };
  test('replaces what was named before', () => {
    const named = nameResource(aDemand({ state: 'matched' }), other, department('emergency'), at);
    expect(named).toMatchObject(
      done({
        state: 'matched',
        changedAt: at,
        match: { resourceId: 'firms', provider: 'commerce', by: 'emergency', at },
      }),
    );
  });
  test('again changes nothing', () => {
    const demand = aDemand({ state: 'matched' });
    expect(nameResource(demand, legalEntities, department('emergency'), at)).toEqual(done(demand));
  });
  test('of its own takes back that a department declined', () => {
    const demand = aDemand({ declines: declinedBy('quality') });
    expect(match(demand, legalEntities, department('quality'), at)).toMatchObject(
      done({ state: 'matched', declines: [] }),
    );
  });
  test.each([
    ['not-the-provider', 'quality', other],
    ['resource-retired', 'emergency', { ...legalEntities, retired: true }],
    ['own-resource', 'emergency', { ...legalEntities, provider: department('emergency') }],
    ['sharing-refused', 'emergency', { ...legalEntities, shareType: 'refused' as const }],
  ])('is refused: %s', (code, by, named) => {
    expect(match(aDemand(), named, department(by), at)).toEqual(refuse(code as never));
  });
});

describe('declining', () => {
  test('by the last of those asked declines the demand', () => {
    const demand = aDemand({ declines: declinedBy('commerce') });
    expect(decline(demand, department('quality'), 'no', at)).toMatchObject(done({ state: 'declined' }));
  });
  test('takes back the resource that was named of this department', () => {
    const outcome = decline(aDemand({ state: 'matched' }), department('quality'), 'no', at);
    expect(outcome).toMatchObject(done({ state: 'open' }));
    expect(outcome.ok && outcome.value.match).toBeUndefined();
  });
  test('by all who were asked leaves what is named of another department', () => {
    const demand = aDemand({ state: 'matched', from: [department('commerce')] });
    expect(decline(demand, department('commerce'), 'no', at)).toMatchObject(
      done({ state: 'matched', match: { provider: 'quality' } }),
    );
  });
  test('twice is refused: it stays as it was said', () => {
    expect(decline(aDemand({ declines: declinedBy('quality') }), department('quality'), 'again', instant)).toEqual(
      refuse('already-stated'),
    );
  });
});
