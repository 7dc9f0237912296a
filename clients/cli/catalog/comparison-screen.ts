import type {
  AgreementImpact,
  ChangeKind,
  Comparison,
  JudgedChange,
  Verdict,
} from '../../../schemas/contracts/compatibility.ts';
import { either, say, word } from '../../words/speech.ts';
import policy from '../../../schemas/registry/compatibility-policy.json' with { type: 'json' };
import { green, red, yellow, type Look, type Screen } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';
import { verdicts } from '../../words/kinds.ts';

const mostSerious: readonly Verdict[] = ['breaking', 'notify', 'compatible'];

/**
 * What publishing a definition would change, the most serious first, and which agreements it concerns.
 *
 * @param command that publishes it
 */
export const comparisonScreen =
  (command: string): Screen<Comparison> =>
  (comparison, look) => {
    const { changes, agreements, verdict } = comparison;
    if (changes.length === 0) return green(unchanged(comparison, look), look);
    return [
      said(comparison, look),
      changeTable(changes, look),
      ...(agreements.length > 0 ? [agreementTable(agreements, look)] : []),
      `${word('next', look)}  ${command}${verdict === 'breaking' ? ' --accept-breaking [--grace-days N]' : ''}`,
    ].join('\n\n');
  };

const unchanged = ({ resourceId, resourceVersion }: Comparison, look: Look): string =>
  either(
    look,
    `${resourceId} v${resourceVersion} is this definition: publishing it changes nothing.`,
    `${resourceId} 的版本 ${resourceVersion} 与此定义相同，发布不会产生变化。`,
  );

function said({ resourceId, resourceVersion, verdict }: Comparison, look: Look): string {
  const since = either(
    look,
    `Since v${resourceVersion} of ${resourceId}`,
    `与 ${resourceId} 版本 ${resourceVersion} 相比`,
  );
  if (verdict === 'breaking')
    return red(either(look, `${since}: breaks what others rely on.`, `${since}：影响他方使用。`), look);
  if (verdict === 'notify')
    return yellow(
      either(look, `${since}: breaks nothing; some should know.`, `${since}：不影响使用，需告知有关方。`),
      look,
    );
  return green(either(look, `${since}: breaks nothing.`, `${since}：不影响使用。`), look);
}

const rankOf = ({ files, extracts }: JudgedChange): number =>
  Math.min(mostSerious.indexOf(files), mostSerious.indexOf(extracts));

const changeTable = (changes: readonly JudgedChange[], look: Look): string =>
  table(
    changes.toSorted((one, other) => rankOf(one) - rankOf(other)),
    [
      { head: word('change', look), value: (change) => changeText(change, look), flexible: true },
      { head: either(look, 'files', '上报文件'), value: ({ files }) => say(verdicts[files], look) },
      { head: either(look, 'deliveries', '交付内容'), value: ({ extracts }) => say(verdicts[extracts], look) },
      { head: either(look, 'where', '位置'), value: ({ path }) => path, flexible: true },
    ],
    look,
  );

/** The hub says it in English; in Chinese the policy names the kind. */
const changeText = ({ kind, fields, message }: JudgedChange, look: Look): string =>
  either(look, message, [titleOf(kind), fields.join('、')].filter(Boolean).join('：'));

/** A kind that this tool does not know is taken as `entry-changed` (PROTOCOL.md, Resources). */
const titleOf = (kind: ChangeKind): string => (kind in policy ? policy[kind] : policy['entry-changed']).title;

const agreementTable = (agreements: readonly AgreementImpact[], look: Look): string =>
  table(
    agreements.toSorted((one, other) => mostSerious.indexOf(one.verdict) - mostSerious.indexOf(other.verdict)),
    [
      { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('terms', look), value: ({ termsVersion }) => `v${termsVersion}` },
      {
        head: word('state', look),
        value: ({ inForce }) => (inForce ? either(look, 'in force', '生效') : either(look, 'negotiated', '协商中')),
      },
      { head: either(look, 'verdict', '结论'), value: ({ verdict }) => say(verdicts[verdict], look) },
      { head: either(look, 'touched', '涉及'), value: (impact) => touched(impact, look), flexible: true },
    ],
    look,
  );

const touched = ({ fields, kinds }: AgreementImpact, look: Look): string =>
  fields.length > 0 ? fields.join(', ') : kinds.map((kind) => either(look, kind, titleOf(kind))).join(', ');
