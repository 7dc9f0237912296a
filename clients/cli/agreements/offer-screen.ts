import type { Offer } from '../../../schemas/contracts/offers.ts';
import { moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { facts } from '../terminal/table.ts';
import { watchedEntry } from './terms/terms-screen.ts';

/** What may be asked for and is accepted at once. */
export const offerScreen = (offer: Offer, look: Look): string =>
  facts(
    [
      [word('resource', look), `${offer.resourceId}  v${offer.resourceVersion}`],
      [word('provider', look), offer.provider],
      [word('fields', look), offer.fields.join(', ')],
      [
        word('mask', look),
        Object.entries(offer.mask)
          .map(([field, mask]) => `${field}=${mask}`)
          .join(', '),
      ],
      [word('modes', look), offer.modes.join(', ')],
      [word('content', look), offer.contents.join(', ')],
      [word('format', look), offer.formats.join(', ')],
      [word('frequency', look), offer.frequencies.join(', ')],
      ...lookupEntry(offer, look),
      ...comparisonEntry(offer, look),
      [word('valid', look), either(look, `at most ${offer.maxDays} days`, `最长 ${offer.maxDays} 天`)],
      [
        word('disposal', look),
        either(look, `at most ${offer.maxRetainDays} days later`, `最长留存 ${offer.maxRetainDays} 天`),
      ],
      [either(look, 'for', '面向'), offer.audience?.join(', ') ?? either(look, 'everybody', '所有部门')],
      [word('at', look), moment(offer.statedAt)],
    ],
    look,
  );

const lookupEntry = ({ lookup }: Offer, look: Look): (readonly [string, string])[] =>
  lookup
    ? [
        [
          word('quota', look),
          either(
            look,
            `at most ${lookup.perDay} lookups a day, ${lookup.perUserPerDay} of each user, ${lookup.keys} a call`,
            `查询每天最多 ${lookup.perDay} 条，每人 ${lookup.perUserPerDay} 条，每次 ${lookup.keys} 条`,
          ),
        ],
        watchedEntry(lookup, look),
      ]
    : [];

const comparisonEntry = ({ comparison }: Offer, look: Look): (readonly [string, string])[] =>
  comparison
    ? [
        [word('kinds', look), comparison.kinds.join(', ')],
        [word('threshold', look), comparison.threshold === undefined ? '' : String(comparison.threshold)],
        [
          word('quota', look),
          either(
            look,
            `at most ${comparison.runsPerDay} runs a day, ${comparison.maxList} rows a list, ${comparison.minResult} matches at least`,
            `比对每天最多 ${comparison.runsPerDay} 次，每份名单 ${comparison.maxList} 行，至少 ${comparison.minResult} 条相符`,
          ),
        ],
        watchedEntry(comparison, look),
      ]
    : [];
