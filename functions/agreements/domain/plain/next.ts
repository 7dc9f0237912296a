import type { AgreementState } from '../../../../schemas/contracts/agreements.ts';
import { both, type Clause, type Reading, type Words } from './clause.ts';
import { tableOf, type Table } from './table.ts';

type Side = 'provider' | 'consumer';
type Live = Exclude<Table, { is: 'past' }>;

/** What each side, and the authority, has to do next. */
export function nextClauses(reading: Reading): Clause[] {
  const table = tableOf(reading);
  if (table.is === 'past') return [];
  return [
    ...(['provider', 'consumer'] as const).map((side): Clause => {
      const who = side === 'provider' ? both('提供方', 'The provider') : both('使用方', 'The consumer');
      const does = sideDoes(side, reading, table);
      return { path: `/next/${side}`, words: both(`${who.zh}：${does.zh}。`, `${who.en} ${does.en}.`) };
    }),
    { path: '/next/authority', words: authorityDoes(reading, table.state) },
  ];
}

const waits = both('无须办理，等待对方', 'has nothing to do and waits for the other party');

const sideDoes = (side: Side, reading: Reading, table: Live): Words => stages[table.state](side, reading, table);

const stages: Readonly<Record<AgreementState, (side: Side, reading: Reading, table: Live) => Words>> = {
  proposed: (side, { agreement, version }) =>
    version.proposedBy === agreement[side]
      ? waits
      : both('接受条款，或提出其他条款', 'accepts these terms, or proposes others'),
  agreed: signs,
  signed: () => both('无须办理，等待备案', 'has nothing to do and waits for the filing'),
  active: (side) => duties[side],
  suspended: suspendedDoes,
  terminated: afterwards,
  expired: afterwards,
};

const duties: Readonly<Record<Side, Words>> = {
  provider: both('按周期上报数据，答复更正申请', 'uploads the data in time and answers what is reported as wrong'),
  consumer: both(
    '收取交付并回执，只按约定用途使用，到期销毁',
    'fetches each delivery and gives a receipt, uses it for the purpose agreed upon only, and destroys it in time',
  ),
};

/** Some departments sign with two officers. */
function signs(side: Side, { agreement }: Reading, { signatures, approvals }: Live): Words {
  if (signatures.includes(agreement[side])) return waits;
  return approvals.some(({ department }) => department === agreement[side])
    ? both('已有一名经办人同意，由另一名经办人签署', 'has the approval of one officer; another one signs')
    : both('签署条款，签署时写明版本和摘要', 'signs these terms, naming their version and digest');
}

function suspendedDoes(side: Side, { agreement }: Reading): Words {
  return agreement.suspensions.some(({ holder }) => holder === side)
    ? both('中止的事由消除后恢复执行', 'resumes the agreement once its reason for suspending it is gone')
    : both('等待恢复执行，其间没有交付', 'waits until it is resumed; until then nothing is delivered');
}

function afterwards(side: Side, { agreement: { disposal } }: Reading): Words {
  const owes = side === 'consumer' && disposal !== undefined && disposal.statement === undefined;
  return owes
    ? both(`在 ${disposal.due} 前（含当日）提交处置声明`, `states by ${disposal.due} that it has disposed of the data`)
    : both('无须办理', 'has nothing more to do');
}

function authorityDoes({ agreement: { dispute } }: Reading, state: AgreementState): Words {
  if (dispute?.state === 'answered') return both('主管部门：对争议作出裁定。', 'The authority decides the dispute.');
  return state === 'signed'
    ? both('主管部门：备案。', 'The authority files these terms.')
    : both('主管部门：无须办理。', 'The authority has nothing to do.');
}
