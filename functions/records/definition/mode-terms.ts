import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ComparisonTerms, DeliveryTerms, LookupTerms, Terms } from '../../../schemas/contracts/terms.ts';
import { hasEdits } from '../formats/natures.ts';
import { pointer, problem } from './problem.ts';

/** What in some terms does not fit the resource, of what the terms of their mode alone say. */
export function modeProblems(terms: Terms, schema: TableSchema): Violation[] {
  switch (terms.mode) {
    case 'delivery':
      return contentProblems(terms, schema.primaryKey);
    case 'lookup':
      return [...lookupKeyProblems(terms, schema.primaryKey), ...quotaProblems(terms)];
    case 'comparison':
      return comparisonProblems(terms, schema);
    default:
      return terms satisfies never;
  }
}

/** Edits name their records by the primary key, which has to reach the consumer whole. */
function contentProblems(
  { content, format, fields, mask }: DeliveryTerms,
  primaryKey: readonly string[] | undefined,
): Violation[] {
  if (content !== 'changes') return [];
  if (!primaryKey) {
    return [
      problem(
        '/terms/content',
        'no-primary-key',
        'changes need a primary key, which this resource has not: take snapshots',
      ),
    ];
  }
  return [
    ...primaryKey
      .filter((name) => !fields.includes(name))
      .map((name) =>
        problem(
          '/terms/fields',
          'key-not-delivered',
          `changes name records by the primary key: deliver ${JSON.stringify(name)} as well, or take snapshots`,
        ),
      ),
    ...primaryKey
      .filter((name) => Object.hasOwn(mask, name))
      .map((name) =>
        problem(
          `/terms/mask/${pointer(name)}`,
          'key-masked',
          'changes name records by the primary key: leave this mask out, or take snapshots',
        ),
      ),
    ...(hasEdits(format)
      ? []
      : [
          problem(
            '/terms/format',
            'format-of-changes',
            `changes come as csv or ndjson, not as ${format}: choose one of these, or take snapshots`,
          ),
        ]),
  ];
}

function lookupKeyProblems({ key }: LookupTerms, primaryKey: readonly string[] | undefined): Violation[] {
  if (!primaryKey) {
    return [
      problem(
        '/terms/key',
        'no-primary-key',
        'lookups name records by the primary key, which this resource has not: agree on a comparison or a delivery',
      ),
    ];
  }
  const isSame = key.length === primaryKey.length && primaryKey.every((name) => key.includes(name));
  return isSame
    ? []
    : [
        problem(
          '/terms/key',
          'not-the-primary-key',
          `lookups name records by the whole primary key and no other field: ${primaryKey.join(', ')}`,
        ),
      ];
}

function quotaProblems({ perDay, perUserPerDay, keys, reasons }: LookupTerms): Violation[] {
  return [
    ...(perUserPerDay > perDay
      ? [problem('/terms/perUserPerDay', 'quota', `one user cannot have more than all together: at most ${perDay}`)]
      : []),
    ...(keys > perUserPerDay
      ? [problem('/terms/keys', 'quota', `one call cannot have more than a user's day: at most ${perUserPerDay}`)]
      : []),
    ...repeated('/terms/reasons', reasons),
  ];
}

function comparisonProblems(terms: ComparisonTerms, schema: TableSchema): Violation[] {
  const { kinds, key, compare, fields, minResult, maxList } = terms;
  return [
    ...repeated('/terms/kinds', kinds),
    ...repeated('/terms/key', key),
    ...repeated('/terms/compare', compare),
    ...compare.flatMap((name, i) =>
      key.includes(name)
        ? [
            problem(
              `/terms/compare/${i}`,
              'compared-key',
              'a field of the key agrees in every match: leave it out here',
            ),
          ]
        : [],
    ),
    ...(kinds.includes('missing') && fields.length === 0
      ? [
          problem(
            '/terms/fields',
            'fields-of-missing',
            'missing gives records that are not on the list: name the fields that it gives',
          ),
        ]
      : []),
    ...(minResult > maxList
      ? [problem('/terms/minResult', 'min-result', `no list has so many matches: at most maxList, ${maxList}`)]
      : []),
    ...linkProblems(terms, schema),
    ...watchProblems(terms),
  ];
}

/** A watch tells of single records, by their exact key, and waits for nobody's word. */
function watchProblems({ watchKeys, kinds, minResult, approval }: ComparisonTerms): Violation[] {
  if (watchKeys === undefined) return [];
  const unfit = (rule: string, message: string) => [problem('/terms/watchKeys', rule, `${message}: leave it out`)];
  return [
    ...(minResult > 1
      ? unfit('watch-min-result', 'a watch tells of single records, of which minResult would tell nothing')
      : []),
    ...(approval === 'provider' ? unfit('watch-approval', 'nobody approves what a watch tells') : []),
    ...(kinds.every((kind) => kind === 'link')
      ? unfit('watch-link', 'a watch finds records by their key, and these terms let them be found by likeness alone')
      : []),
  ];
}

function linkProblems({ kinds, threshold, key, compare }: ComparisonTerms, schema: TableSchema): Violation[] {
  if (!kinds.includes('link')) {
    return threshold === undefined
      ? []
      : [
          problem(
            '/terms/threshold',
            'threshold-without-link',
            'only candidates of link have a score: leave the threshold out, or add link to the kinds',
          ),
        ];
  }
  const texts = new Set(schema.fields.filter(({ type }) => type === 'string').map(({ name }) => name));
  return [
    ...(threshold === undefined
      ? [problem('/terms/threshold', 'required', 'link needs the least score of a candidate, from 0 to 1')]
      : []),
    ...([...key, ...compare].some((name) => texts.has(name))
      ? []
      : [problem('/terms/key', 'link-without-text', 'link finds texts that resemble one another: name a string here')]),
  ];
}

const repeated = (list: string, entries: readonly string[]): Violation[] =>
  entries.flatMap((entry, i) =>
    entries.indexOf(entry) < i
      ? [problem(`${list}/${i}`, 'repeated-entry', `${JSON.stringify(entry)} stands twice: name it once`)]
      : [],
  );
