import type { AgreementState } from '../../../../schemas/contracts/agreements.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { missingOf } from '../consents.ts';
import { type Clause, type Reading } from './clause.ts';
import { phrases } from './phrases.ts';
import { tableOf, type Table } from './table.ts';

type Side = 'provider' | 'consumer';
type Live = Exclude<Table, { is: 'past' }>;

/** What each side, and the authority, has to do next. */
export function nextClauses(reading: Reading): Clause[] {
  const table = tableOf(reading);
  if (table.is === 'past') return [];
  return [
    ...(['provider', 'consumer'] as const).map((side): Clause => {
      const who = side === 'provider' ? { zh: '提供方', en: 'The provider' } : { zh: '使用方', en: 'The consumer' };
      const does = sideDoes(side, reading, table);
      return { path: `/next/${side}`, words: { zh: `${who.zh}：${does.zh}。`, en: `${who.en} ${does.en}.` } };
    }),
    { path: '/next/authority', words: authorityDoes(reading, table) },
  ];
}

const waits = { zh: '无须办理，等待对方', en: 'has nothing to do and waits for the other party' };

const sideDoes = (side: Side, reading: Reading, table: Live): Words => stages[table.state](side, reading, table);

const stages: Readonly<Record<AgreementState, (side: Side, reading: Reading, table: Live) => Words>> = {
  proposed: (side, { agreement, version }) =>
    version.proposedBy === agreement[side]
      ? waits
      : { zh: '接受条款，或提出其他条款', en: 'accepts these terms, or proposes others' },
  agreed: signs,
  signed: () => ({ zh: '无须办理，等待备案', en: 'has nothing to do and waits for the filing' }),
  active: (side, { version }) => (side === 'provider' ? provides : phrases[version.terms.mode].consumer),
  suspended: suspendedDoes,
  terminated: afterwards,
  expired: afterwards,
};

const provides: Words = {
  zh: '按周期上报数据，答复更正申请',
  en: 'uploads the data in time and answers what is reported as wrong',
};

/** Some departments sign with two officers. */
function signs(side: Side, { agreement }: Reading, { signatures, approvals }: Live): Words {
  if (signatures.includes(agreement[side])) return waits;
  return approvals.some(({ department }) => department === agreement[side])
    ? { zh: '已有一名经办人同意，由另一名经办人签署', en: 'has the approval of one officer; another one signs' }
    : { zh: '签署条款，签署时写明版本和摘要', en: 'signs these terms, naming their version and digest' };
}

function suspendedDoes(side: Side, { agreement, version }: Reading): Words {
  const { suspended } = phrases[version.terms.mode];
  return agreement.suspensions.some(({ holder }) => holder === side)
    ? { zh: '中止的事由消除后恢复执行', en: 'resumes the agreement once its reason for suspending it is gone' }
    : { zh: `等待恢复执行，其间${suspended.zh}`, en: `waits until it is resumed; until then ${suspended.en}` };
}

function afterwards(side: Side, { agreement: { disposal } }: Reading): Words {
  const owes = side === 'consumer' && disposal !== undefined && disposal.statement === undefined;
  return owes
    ? {
        zh: `在 ${disposal.due} 前（含当日）提交处置声明`,
        en: `states by ${disposal.due} that it has disposed of the data`,
      }
    : { zh: '无须办理', en: 'has nothing more to do' };
}

function authorityDoes({ agreement: { dispute } }: Reading, { state, consents }: Live): Words {
  if (dispute?.state === 'answered')
    return { zh: '主管部门：对争议作出裁定。', en: 'The authority decides the dispute.' };
  if (state === 'signed' && missingOf(consents).length > 0)
    return {
      zh: '主管部门：待信息项来源部门同意后备案。',
      en: 'The authority files these terms once those consent whose fields they grant.',
    };
  return state === 'signed'
    ? { zh: '主管部门：备案。', en: 'The authority files these terms.' }
    : { zh: '主管部门：无须办理。', en: 'The authority has nothing to do.' };
}
