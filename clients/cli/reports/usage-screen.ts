import type { UnusedGrant, Usage } from '../../../schemas/contracts/reports.ts';
import { unusedReasons } from '../../words/kinds.ts';
import { count, countOf, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, green, yellow, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

const SHOWN = 10;

/** One agreement: what went out, what was fetched, what nobody read. */
export function usageScreen(usage: Usage, look: Look): string {
  const said = (en: string, zh: string) => either(look, en, zh);
  const { unfetched, unreadFields, fields, days } = usage;
  const standing = facts(
    [
      [word('agreement', look), usage.agreementId],
      [word('resource', look), usage.resourceId],
      [word('provider', look), usage.provider],
      [word('consumer', look), usage.consumer],
      [word('state', look), word(usage.state, look)],
      [said('in force since', '生效时间'), usage.inForceSince && moment(usage.inForceSince)],
      ...(usage.asked ? askedFacts(usage.asked, look) : []),
      ...(usage.asked && usage.deliveries === 0 ? [] : deliveredFacts(usage, look)),
      [
        said('never fetched', '未获取'),
        unfetched.since && `${count(unfetched.count)}  ${said('since', '自')} ${moment(unfetched.since)}`,
      ],
    ],
    look,
  );
  const verdict =
    unreadFields.length === 0
      ? green(said(`All fields were read in the last ${days} days.`, `最近 ${days} 天内所有信息项均有使用。`), look)
      : yellow(
          said(
            `Not read in the last ${days} days: ${unreadFields.length} of ${fields.length} fields.`,
            `最近 ${days} 天内未使用：${fields.length} 项中的 ${unreadFields.length} 项。`,
          ),
          look,
        ) + `\n  ${unreadFields.join(', ')}`;
  return [standing, verdict, unfetchedLines(usage, look)].filter((part) => part !== '').join('\n\n');
}

type Facts = readonly (readonly [string, string | undefined])[];

const never = (look: Look): string => either(look, 'never', '从未');

const deliveredFacts = (usage: Usage, look: Look): Facts => [
  [word('deliveries', look), count(usage.deliveries)],
  [either(look, 'fetched', '已获取'), `${count(usage.fetched)} / ${count(usage.deliveries)}`],
  [word('receipts', look), count(usage.receipts)],
  [either(look, 'last delivery', '最近交付'), usage.lastReleasedAt && moment(usage.lastReleasedAt)],
  [either(look, 'last fetched', '最近获取'), usage.lastFetchedAt ? moment(usage.lastFetchedAt) : never(look)],
];

/** Of lookups and comparisons: nothing comes of itself. */
const askedFacts = (asked: NonNullable<Usage['asked']>, look: Look): Facts => [
  [word('lookup', look), asked.lookups ? `${count(asked.lookups)}  ${foundOf(asked, look)}` : undefined],
  [
    word('comparison', look),
    asked.comparisons
      ? `${count(asked.comparisons)}  ${either(look, `(${countOf(asked.comparisonHits, 'hit')} in ${countOf(asked.comparedRows, 'row')})`, `（${count(asked.comparedRows)} 行中命中 ${count(asked.comparisonHits)}）`)}`
      : undefined,
  ],
  [
    either(look, 'results fetched', '结果获取'),
    asked.results ? `${count(asked.resultRequests)} / ${count(asked.results)}` : undefined,
  ],
  [either(look, 'last asked', '最近查询比对'), asked.lastAskedAt ? moment(asked.lastAskedAt) : never(look)],
];

const foundOf = ({ keysLookedUp, recordsShown }: NonNullable<Usage['asked']>, look: Look): string =>
  either(
    look,
    `(${count(recordsShown)} found of ${countOf(keysLookedUp, 'key')})`,
    `（查询 ${count(keysLookedUp)}，查到 ${count(recordsShown)}）`,
  );

function unfetchedLines({ unfetched: { count: all, deliveries } }: Usage, look: Look): string {
  if (deliveries.length === 0) return '';
  const lines = table(
    deliveries.slice(0, SHOWN),
    [
      { head: word('delivery', look), value: ({ deliveryId }) => deliveryId, id: true },
      { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
      { head: word('released', look), value: ({ releasedAt }) => moment(releasedAt) },
    ],
    look,
  );
  const more = all - SHOWN;
  return more > 0
    ? `${lines}\n${dim(either(look, `and ${count(more)} older ones`, `另有更早的 ${count(more)} 个`), look)}`
    : lines;
}

/** Agreements that nobody makes use of, wholly or in part. */
export function unusedScreen({ items }: { readonly items: readonly UnusedGrant[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Every agreement is made use of.', '所有共享协议均有使用。'), look);
  return table(
    items,
    [
      { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('why', look), value: ({ reason }) => say(unusedReasons[reason], look) },
      { head: either(look, 'unfetched', '未获取'), value: ({ unfetched }) => count(unfetched), right: true },
      {
        head: either(look, 'last fetched', '最近获取'),
        value: ({ lastFetchedAt }) => (lastFetchedAt === undefined ? '' : moment(lastFetchedAt)),
      },
      {
        head: either(look, 'unread fields', '未使用信息项'),
        value: ({ unreadFields }) => unreadFields.join(', '),
        flexible: true,
      },
    ],
    look,
  );
}
