import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import {
  inheritedFilters,
  type Inputs,
  inheritedTerms,
} from '../../functions/reading/derivation/inheritance/inherited.ts';
import {
  definitionProblems,
  inheritedProblems,
  inputProblems,
  inheritedOfferProblems,
} from '../../functions/reading/derivation/inheritance/problems.ts';
import type { Field } from '../../schemas/contracts/definition.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import { OfferBody } from '../../schemas/contracts/offers.ts';
import type { Violation } from '../../schemas/contracts/problem.ts';
import { aDefinition, anId, comparisonTerms, day, lookupTerms, resource, terms } from '../support/builders.ts';
import { openParser } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
beforeAll(async () => {
  parser = await openParser();
});
afterAll(() => parser.close());

interface Given {
  readonly fields?: Readonly<Record<string, Partial<Field>>>;
  readonly shareType?: 'unconditional' | 'conditional' | 'refused';
  readonly provider?: string;
  readonly terms?: Parameters<typeof terms>[0];
}

const NAMES = { people: ['id', 'name', 'district'], penalties: ['penalty', 'person', 'kind'] } as const;

/** The owner's inputs, `tax`: what `police` and `justice` gave it under agreements of a year, for others to derive of. */
function given(changes: { readonly people?: Given; readonly penalties?: Given }): Inputs {
  const of = (name: 'people' | 'penalties', { fields = {}, shareType = 'unconditional', ...change }: Given = {}) => ({
    resourceId: resource(name),
    definition: aDefinition({
      provider: change.provider ?? (name === 'people' ? 'public-security' : 'justice'),
      shareType,
      schema: {
        fields: NAMES[name].map((field) => ({ name: field, type: 'string', sensitivity: 'public', ...fields[field] })),
        primaryKey: [NAMES[name][0]],
      },
    }),
    agreement: {
      agreementId: anId(name === 'people' ? 1 : 2),
      terms: terms({
        fields: [...NAMES[name]],
        reshare: 'yes',
        validTo: '2027-11-30',
        duties: { disposal: { retainDays: 365 } },
        ...change.terms,
      }),
    },
  });
  return { people: of('people', changes.people), penalties: of('penalties', changes.penalties) };
}

const shapes = {
  people: { fields: [...NAMES.people], primaryKey: ['id'] },
  penalties: { fields: [...NAMES.penalties], primaryKey: ['penalty'] },
};

async function inheritedOf(sql: string, inputs: Inputs, consent?: 'providers'): Promise<InheritedTerms[]> {
  const checked = await checkStatement(sql, shapes, parser.parse);
  if (!checked.ok) throw new Error(checked.refusal.violations?.[0]?.message);
  return inheritedTerms(checked.value.lineage, inputs, { consent });
}

/** A definition, terms and an offer that would allow everything, for the fields of a statement. */
const everything = (inherited: readonly InheritedTerms[]) => {
  const fields = inherited.map(({ field }) => field);
  const definition = aDefinition({
    provider: 'tax',
    schema: { fields: fields.map((name) => ({ name, type: 'string', sensitivity: 'public' })) },
  });
  const free = { fields, reshare: 'yes', validTo: '2030-12-31', duties: { disposal: { retainDays: 3650 } } } as const;
  return {
    definition,
    terms: terms(free),
    offer: OfferBody.parse({ fields, maxDays: 3660, maxRetainDays: 3650 }),
  };
};

function enforced(inherited: readonly InheritedTerms[]): Violation[] {
  const { definition, terms: free, offer } = everything(inherited);
  return [
    ...definitionProblems(definition, inherited),
    ...inheritedProblems(free, inherited),
    ...inheritedOfferProblems(offer, inherited, day),
  ];
}

const PLAIN = 'SELECT p.id, p.name AS who, q.kind FROM penalties q LEFT JOIN people p ON p.id = q.person';
const FILTERED = "SELECT id, name FROM people JOIN penalties ON person = id WHERE kind = 'x'";
const COUNTED = 'SELECT district, count(*) AS n FROM people GROUP BY district';

type Case = [
  what: string,
  sources: Parameters<typeof given>[0],
  sql: string,
  field: string,
  inherited: Readonly<Record<string, unknown>>,
  refused: readonly string[],
];

describe('terms of sources, what is inherited, and what is refused', () => {
  test.each<Case>([
    [
      'share type: that of the field',
      { people: { fields: { name: { shareType: 'conditional' } } } },
      PLAIN,
      'who',
      { shareType: ['conditional', 'people.name'] },
      ['/schema/fields/1/shareType people.name conditional', '/fields/1 people.name conditional'],
    ],
    [
      'share type: that of the resource, where the field has none',
      { people: { shareType: 'conditional' } },
      PLAIN,
      'who',
      { shareType: ['conditional', 'people.name'] },
      ['/schema/fields/0/shareType people.id conditional', '/schema/fields/1/shareType people.name conditional'],
    ],
    [
      'share type: of what decides about the records',
      { penalties: { fields: { kind: { shareType: 'refused' } } } },
      FILTERED,
      'name',
      { shareType: ['refused', 'penalties.kind'] },
      ['/schema/fields/1/shareType penalties.kind refused'],
    ],
    [
      'share type: not of the key that a record is found by',
      { people: { fields: { id: { shareType: 'refused' } } } },
      PLAIN,
      'who',
      { shareType: ['unconditional', 'people.name'] },
      ['/schema/fields/0/shareType people.id refused'],
    ],
    [
      'share type: of a resource whose records are counted',
      { people: { shareType: 'conditional', fields: { district: { shareType: 'unconditional' } } } },
      COUNTED,
      'n',
      { shareType: ['conditional', 'people'] },
      ['/schema/fields/1/shareType people conditional'],
    ],
    [
      'sensitivity: the highest of what a value is made of',
      { people: { fields: { name: { sensitivity: 'personal' }, district: { sensitivity: 'internal' } } } },
      'SELECT id, name || district AS k FROM people',
      'k',
      { sensitivity: ['personal', 'people.name'] },
      ['/schema/fields/1/sensitivity people.name personal'],
    ],
    [
      'sensitivity: of what a CASE asks',
      { penalties: { fields: { kind: { sensitivity: 'sensitive' } } } },
      "SELECT penalty, CASE WHEN kind = 'x' THEN 'a' ELSE 'b' END AS c FROM penalties",
      'c',
      { sensitivity: ['sensitive', 'penalties.kind'] },
      ['/schema/fields/1/sensitivity penalties.kind sensitive'],
    ],
    [
      'sensitivity: of what decides about the records',
      { penalties: { fields: { kind: { sensitivity: 'sensitive' } } } },
      FILTERED,
      'id',
      { sensitivity: ['sensitive', 'penalties.kind'] },
      [
        '/schema/fields/0/sensitivity penalties.kind sensitive',
        '/schema/fields/1/sensitivity penalties.kind sensitive',
      ],
    ],
    [
      'mask: of a value that is as it came',
      { people: { terms: { mask: { name: 'first1' } } } },
      PLAIN,
      'who',
      { mask: ['first1', 'people.name'] },
      ['/terms/mask/who people.name first1', '/mask/who people.name first1'],
    ],
    [
      'mask: of several, what shows no more than either',
      { people: { terms: { mask: { name: 'first1', district: 'last4' } } } },
      'SELECT id, coalesce(name, district) AS k FROM people',
      'k',
      { mask: ['hide', 'people.district'] },
      ['/terms/mask/k people.district hide', '/mask/k people.district hide'],
    ],
    [
      'mask: none of what is computed, whose parts were masked before',
      { people: { terms: { mask: { name: 'first1' } } } },
      'SELECT id, upper(name) AS k FROM people',
      'k',
      { mask: undefined },
      [],
    ],
    [
      'reshare: the least that an agreement allows',
      { people: { terms: { reshare: 'derived' } } },
      PLAIN,
      'who',
      { reshare: ['derived', 'people'] },
      ['/terms/reshare people derived'],
    ],
    [
      'reshare: with consent is less than without',
      { people: { terms: { reshare: 'consent' } }, penalties: { terms: { reshare: 'derived' } } },
      PLAIN,
      'who',
      { reshare: ['consent', 'people'] },
      ['/terms/reshare people consent'],
    ],
    [
      'retention: the shortest',
      {
        people: { terms: { duties: { disposal: { retainDays: 90 } } } },
        penalties: { terms: { duties: { disposal: { retainDays: 30 } } } },
      },
      PLAIN,
      'who',
      { retainDays: [30, 'penalties'] },
      ['/terms/duties/disposal/retainDays penalties 30', '/maxRetainDays penalties 30'],
    ],
    [
      'expiry: the earliest',
      { penalties: { terms: { validTo: '2027-01-31' } } },
      PLAIN,
      'who',
      { validTo: ['2027-01-31', 'penalties'] },
      ['/terms/validTo penalties 2027-01-31', '/maxDays penalties 2027-01-31'],
    ],
    [
      'expiry: not of an input that has no part in a field',
      { people: { terms: { validTo: '2027-01-31' } } },
      PLAIN,
      'kind',
      { validTo: ['2027-11-30', 'penalties'] },
      ['/terms/validTo people 2027-01-31'],
    ],
  ])('%s', async (_, sources, sql, field, expected, refused) => {
    const inherited = await inheritedOf(sql, given(sources));
    const terms = inherited.find((one) => one.field === field) as unknown as Record<
      string,
      { value: unknown; of: { resourceId: string; field?: string } }
    >;
    const told = (term: string) => {
      const bound = terms[term];
      return (
        bound && [
          bound.value,
          bound.of.field === undefined ? bound.of.resourceId : `${bound.of.resourceId}.${bound.of.field}`,
        ]
      );
    };
    expect(Object.fromEntries(Object.keys(expected).map((term) => [term, told(term)]))).toEqual(expected);
    const violations = enforced(inherited);
    for (const line of refused) {
      const [path, source = '', value = ''] = line.split(' ');
      const found = violations.filter((violation) => violation.path === path && violation.message.includes(source));
      expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(value)]);
    }
  });

  test('nothing is refused that is no more than what was inherited', async () => {
    const sources = given({
      people: {
        shareType: 'conditional',
        terms: { mask: { name: 'last4' }, reshare: 'derived', validTo: '2027-01-31' },
      },
      penalties: {
        fields: { kind: { sensitivity: 'sensitive' } },
        terms: { duties: { disposal: { retainDays: 10 } } },
      },
    });
    const inherited = await inheritedOf(PLAIN, sources);
    const definition = aDefinition({
      provider: 'tax',
      shareType: 'conditional',
      schema: { fields: ['id', 'who', 'kind'].map((name) => ({ name, type: 'string', sensitivity: 'sensitive' })) },
    });
    const within = { reshare: 'derived', validTo: '2027-01-31', duties: { disposal: { retainDays: 10 } } } as const;
    expect(inputProblems(sources, new Set(['people', 'penalties']))).toEqual([]);
    expect(definitionProblems(definition, inherited)).toEqual([]);
    expect(inheritedProblems(terms({ fields: ['id', 'who'], mask: { who: 'hide' }, ...within }), inherited)).toEqual(
      [],
    );
    expect(inheritedProblems(terms({ ...within, fields: ['kind'], validTo: '2027-11-30' }), inherited)).toEqual([]);
  });

  test('an input whose agreement lets nothing be passed on is none, nor is one that is not read', () => {
    const sources = given({ people: { terms: { reshare: undefined } }, penalties: { terms: { reshare: 'no' } } });
    const rulesFor = (read: readonly string[]) =>
      inputProblems(sources, new Set(read)).map(({ path, rule }) => [path, rule]);
    expect(rulesFor(['people', 'penalties'])).toEqual([
      ['/derivation/inputs/people', 'inherited-reshare'],
      ['/derivation/inputs/penalties', 'inherited-reshare'],
    ]);
    expect(rulesFor(['people'])).toContainEqual(['/derivation/inputs/penalties', 'unread-input']);
  });

  const consentOf = (inherited: readonly InheritedTerms[]) =>
    Object.fromEntries(inherited.map(({ field, consent }) => [field, consent]));
  const asking = given({
    people: { fields: { name: { provider: 'civil-affairs' as never } }, terms: { reshare: 'consent' } },
  });

  test('who asked for it has to consent to what hangs on its part; nobody has where no source asks', async () => {
    expect(consentOf(await inheritedOf(PLAIN, given({})))).toEqual({ id: undefined, who: undefined, kind: undefined });
    expect(consentOf(await inheritedOf(PLAIN, asking))).toEqual({
      id: ['public-security'],
      who: ['civil-affairs', 'public-security'],
      kind: undefined,
    });
    // The records of people decide which penalties there are.
    expect(consentOf(await inheritedOf(FILTERED.replace('SELECT id, name', 'SELECT kind'), asking))).toEqual({
      kind: ['public-security'],
    });
  });

  test('where the owner chose so, each whose field it is has to consent, and nobody whose field only decides', async () => {
    expect(consentOf(await inheritedOf(PLAIN, given({}), 'providers'))).toEqual({
      id: ['public-security'],
      who: ['public-security'],
      kind: ['justice'],
    });
  });

  test('what its owner derives further of it keeps on asking', async () => {
    const register = {
      resourceId: resource('register'),
      definition: aDefinition({ provider: 'tax', schema: asking['people']!.definition.schema }),
      inherited: await inheritedOf('SELECT id, name, district FROM people', asking),
    };
    const further = { people: register, penalties: given({})['penalties']! };
    expect(consentOf(await inheritedOf('SELECT id, upper(name) AS who FROM people', further))).toEqual({
      id: ['civil-affairs', 'public-security'],
      who: ['civil-affairs', 'public-security'],
    });
  });

  test('a condition of terms, a key and a compared field count as what is given', async () => {
    const inherited = await inheritedOf(PLAIN, given({ people: { terms: { validTo: '2027-01-31' } } }));
    const rules = [
      terms({ fields: ['kind'], filter: [{ field: 'who', op: 'eq', value: 'x' }], validTo: '2027-11-30' }),
      lookupTerms({ fields: ['kind'], key: ['id'], validTo: '2027-11-30' }),
      comparisonTerms({ fields: [], key: ['kind'], compare: ['who'], validTo: '2027-11-30' }),
    ].map((asked) => inheritedProblems(asked, inherited).map(({ rule }) => rule));
    expect(rules).toEqual([['inherited-validity'], ['inherited-validity'], ['inherited-validity']]);
  });

  test('what the owner derived itself passes on what it inherited', async () => {
    const { people, penalties } = given({
      people: { terms: { validTo: '2027-01-31', reshare: 'derived' }, fields: { name: { sensitivity: 'sensitive' } } },
    });
    const first = await inheritedOf('SELECT id, name, district FROM people', {
      people: people!,
      penalties: penalties!,
    });
    const { agreement: _, ...own } = {
      ...people!,
      resourceId: resource('register'),
      definition: aDefinition({ provider: 'tax', schema: people!.definition.schema }),
    };
    const second = await inheritedOf('SELECT id, upper(name) AS who FROM people', {
      people: { ...own, inherited: first },
      penalties: penalties!,
    });
    expect(second.find(({ field }) => field === 'who')).toMatchObject({
      sensitivity: { value: 'sensitive' },
      reshare: { value: 'derived', of: { resourceId: 'people' } },
      validTo: { value: '2027-01-31', of: { resourceId: 'people' } },
    });
  });

  test('of which records it is made at most, is told of each input that an agreement cuts', () => {
    const filter = [{ field: 'district', op: 'prefix' as const, value: '11' }];
    expect(inheritedFilters(given({ people: { terms: { filter } } }))).toEqual([
      { of: { input: 'people', resourceId: 'people', agreementId: anId(1) }, filter },
    ]);
  });

  test('a field is its sources’ provider’s, or the owner’s, and nobody else’s', async () => {
    const inherited = await inheritedOf(PLAIN, given({}));
    expect(inherited.map(({ providers }) => providers)).toEqual([
      ['public-security'],
      ['public-security'],
      ['justice'],
    ]);
    const provided = (provider: string) =>
      definitionProblems(
        aDefinition({
          provider: 'tax',
          schema: {
            fields: ['id', 'who', 'kind'].map((name) => ({
              name,
              type: 'string',
              ...(name === 'kind' ? { provider } : {}),
            })),
          },
        }),
        inherited,
      );
    expect([provided('justice'), provided('tax')]).toEqual([[], []]);
    expect(provided('press')).toEqual([
      expect.objectContaining({ path: '/schema/fields/2/provider', rule: 'inherited-provider' }),
    ]);
  });

  test('the schema has the fields of the statement, no more and no fewer', async () => {
    const inherited = await inheritedOf(PLAIN, given({}));
    const definition = aDefinition({
      provider: 'tax',
      schema: { fields: ['id', 'kind', 'more'].map((name) => ({ name, type: 'string' })) },
    });
    expect(definitionProblems(definition, inherited).map(({ path, rule }) => [path, rule])).toEqual([
      ['/derivation/sql', 'unknown-field'],
      ['/schema/fields/2', 'unknown-field'],
    ]);
  });
});
