import type {
  Lookup,
  LookupAnswer,
  LookupReport,
  LookupResult,
  OfficerDay,
} from '../../../schemas/contracts/lookups.ts';
import { lookupSigns } from '../../words/kinds.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, green, yellow, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

/** What was found; of several keys, one below the other in their order. */
export function lookupScreen(answer: LookupAnswer, look: Look): string {
  const results = 'results' in answer ? answer.results : [answer];
  const { lookupId, resourceId, datasetVersion } = answer;
  const of = `${either(look, 'lookup', '查询')} ${lookupId}  ${resourceId} ${datasetVersion}`;
  return [...results.map((result) => resultScreen(result, look)), dim(of, look)].join('\n\n');
}

function resultScreen({ record }: LookupResult, look: Look): string {
  if (!record) return yellow(either(look, 'No such record within the terms.', '协议范围内没有该记录。'), look);
  const found = green(either(look, 'Found.', '已查到。'), look);
  return `${found}\n${facts(
    Object.entries(record).map(([name, value]) => [name, textOf(value)]),
    look,
  )}`;
}

const textOf = (value: unknown): string | undefined =>
  value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);

export function lookupsScreen({ items }: { readonly items: readonly Lookup[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing was looked up.', '没有查询记录。'), look);
  return table(
    items,
    [
      { head: word('at', look), value: ({ at }) => moment(at) },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('reason', look), value: ({ reason }) => reason, flexible: true },
      { head: either(look, 'case', '案号'), value: ({ caseNumber = '' }) => caseNumber, flexible: true },
      { head: either(look, 'officer', '经办人'), value: ({ officer = '' }) => officer, flexible: true },
      { head: either(look, 'found', '查到'), value: ({ found, keys }) => `${found} / ${keys}`, right: true },
      { head: either(look, 'lookup', '查询'), value: ({ lookupId }) => lookupId },
    ],
    look,
  );
}

export function watchScreen({ items }: { readonly items: readonly OfficerDay[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing stands out.', '没有需要关注的情况。'), look);
  return table(
    items,
    [
      { head: either(look, 'day', '日期'), value: ({ day }) => day },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      {
        head: either(look, 'officer', '经办人'),
        value: ({ officer, officerRef }) => officer ?? officerRef,
        flexible: true,
      },
      { head: either(look, 'keys', '查询数'), value: ({ keys }) => count(keys), right: true },
      { head: either(look, 'misses', '未查到'), value: ({ misses }) => count(misses), right: true },
      { head: either(look, 'in a row', '连续未查到'), value: (day) => count(day.longestMissRun), right: true },
      { head: either(look, 'consecutive', '号码相邻'), value: ({ consecutive }) => count(consecutive), right: true },
      { head: either(look, 'odd hours', '非工作时间'), value: ({ oddHours }) => count(oddHours), right: true },
      { head: either(look, 'refused', '超额'), value: ({ refused }) => count(refused), right: true },
      {
        head: either(look, 'signs', '提示'),
        value: ({ signs }) => signs.map((sign) => say(lookupSigns[sign], look)).join(', '),
      },
    ],
    look,
  );
}

export function reportScreen({ items, title, asOf }: LookupReport, look: Look): string {
  const head = `${title}  ${dim(either(look, `as of ${moment(asOf)}`, `截至 ${moment(asOf)}`), look)}`;
  if (items.length === 0) return `${head}\n${dim(either(look, 'Nobody looked it up.', '没有单位查询过。'), look)}`;
  const rows = table(
    items,
    [
      { head: word('at', look), value: ({ at }) => moment(at) },
      { head: word('department', look), value: ({ department }) => department },
      { head: word('reason', look), value: ({ reason }) => reason, flexible: true },
      { head: either(look, 'case', '案号'), value: ({ caseNumber }) => caseNumber, flexible: true },
      { head: word('basis', look), value: ({ legalBasis }) => legalBasis, flexible: true },
      {
        head: either(look, 'shown', '已提供'),
        value: ({ found }) => (found ? either(look, 'yes', '是') : either(look, 'no', '否')),
      },
    ],
    look,
  );
  return `${head}\n${rows}`;
}
