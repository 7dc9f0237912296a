import type { DerivationRun, ResourceImpact, ResourceLineage } from '../../../schemas/contracts/derivation-runs.ts';
import { decisions, hows, impactReasons, runReasons, runStates } from '../../words/derivations.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

/** The last run, and what it read. */
export function runScreen(run: DerivationRun, look: Look): string {
  const inputs = Object.entries(run.inputs);
  return [
    facts(
      [
        [word('resource', look), `${run.resourceId}  v${run.resourceVersion}`],
        [word('state', look), say(runStates[run.state], look)],
        [word('reason', look), run.reason && say(runReasons[run.reason], look)],
        [word('rows', look), run.rows === undefined ? undefined : count(run.rows)],
        [word('dataset', look), run.datasetVersion === undefined ? undefined : String(run.datasetVersion)],
        [either(look, 'missing', '缺失字段'), run.lost?.join(', ')],
        [word('at', look), moment(run.endedAt ?? run.startedAt)],
      ],
      look,
    ),
    ...(run.violations ?? []).map(({ path, rule, message }) => `${path}  ${rule}: ${message}`),
    ...(run.rejected ?? []).map(({ field, rule, count: times }) => `${field}  ${rule}: ${count(times)}`),
    '',
    table(
      inputs,
      [
        { head: either(look, 'input', '输入'), value: ([name]) => name },
        { head: word('resource', look), value: ([, { resourceId }]) => resourceId },
        { head: word('dataset', look), value: ([, { datasetVersion = '' }]) => String(datasetVersion), right: true },
        {
          head: word('agreement', look),
          value: ([, { agreementId, lost }]) =>
            [agreementId, lost && either(look, 'withdrawn', '已撤回')].filter(Boolean).join('  '),
        },
      ],
      look,
    ),
  ].join('\n');
}

/** Where the fields of a derived resource come from. */
export type Made = Pick<ResourceLineage, 'fields' | 'inputs'>;

/** Of each field what it is made of, and what it inherits. */
export const lineageScreen = ({ fields, inputs }: Made, look: Look): string =>
  table(
    fields,
    [
      { head: word('field', look), value: ({ field }) => field },
      {
        head: either(look, 'made of', '来源'),
        value: ({ from }) =>
          from
            .map(({ input, field, how }) => `${inputs[input]?.resourceId}.${field ?? '*'} (${say(hows[how], look)})`)
            .join(', '),
        flexible: true,
      },
      {
        head: either(look, 'decided by', '取决于'),
        value: ({ decidedBy }) =>
          decidedBy
            .map(({ input, field, by }) => `${inputs[input]?.resourceId}.${field ?? '*'} (${say(decisions[by], look)})`)
            .join(', '),
        flexible: true,
      },
      { head: word('share', look), value: ({ inherits }) => inherits?.shareType?.value ?? '' },
      { head: word('sensitivity', look), value: ({ inherits }) => inherits?.sensitivity?.value ?? '' },
      { head: word('mask', look), value: ({ inherits }) => inherits?.mask?.value ?? '' },
      {
        head: either(look, 'days', '天数'),
        value: ({ inherits }) => (inherits?.retainDays ? count(inherits.retainDays.value) : ''),
        right: true,
      },
      { head: either(look, 'passed on', '再共享'), value: ({ inherits }) => inherits?.reshare?.value ?? '' },
      {
        head: either(look, 'consent', '同意'),
        value: ({ inherits }) => inherits?.consent?.join(', ') ?? '',
        flexible: true,
      },
      { head: either(look, 'until', '截止'), value: ({ inherits }) => inherits?.validTo?.value ?? '' },
    ],
    look,
  );

/** Who loses what. */
export function impactScreen({ outcome, because, lost, agreements, contentStops }: ResourceImpact, look: Look): string {
  const goesOn = either(look, 'it goes on without these fields', '缺少以下字段后继续更新');
  const ends = either(look, 'no further version is made', '不再生成新版本');
  return [
    facts(
      [
        [either(look, 'outcome', '结果'), outcome === 'ends' ? ends : goesOn],
        [word('reason', look), because && say(impactReasons[because], look)],
        [either(look, 'missing', '缺失字段'), lost.join(', ')],
        [
          either(look, 'delivered', '已交付内容'),
          contentStops ? either(look, 'cannot be fetched any more', '不可再取用') : undefined,
        ],
      ],
      look,
    ),
    '',
    table(
      agreements,
      [
        { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
        { head: word('consumer', look), value: ({ consumer }) => consumer },
        { head: either(look, 'missing', '缺失字段'), value: ({ fields }) => fields.join(', '), flexible: true },
      ],
      look,
    ),
  ].join('\n');
}
