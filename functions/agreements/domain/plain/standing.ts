import type { AgreementState, Disposal, Holder } from '../../../../schemas/contracts/agreements.ts';
import { both, clause, quoted, type Clause, type Reading, type Words } from './clause.ts';
import { tableOf } from './table.ts';

const states: Readonly<Record<AgreementState, Words>> = {
  proposed: both('已提出，等待对方答复', 'proposed; the other party has not answered'),
  agreed: both('双方已达成一致，等待签署', 'agreed by both parties, to be signed'),
  signed: both('双方已签署，等待主管部门备案', 'signed by both parties, to be filed by the authority'),
  active: both('已备案，正在生效', 'filed, and in force'),
  suspended: both('已备案，现中止执行', 'filed, and suspended'),
  terminated: both('已终止', 'terminated'),
  expired: both('已到期', 'expired'),
};

/** Where these terms and the whole agreement stand. */
export function standingClauses(reading: Reading): Clause[] {
  const { agreement } = reading;
  return [
    { path: '/state', words: stateWords(reading) },
    ...(agreement.filingNumber === undefined
      ? []
      : [
          clause(
            '/filingNumber',
            `备案号：${quoted(agreement.filingNumber)}。`,
            `Filed under the number ${quoted(agreement.filingNumber)}.`,
          ),
        ]),
    ...signatureClause(reading),
    ...suspensionClauses(reading),
    ...disputeClause(reading),
    ...outdatedClause(reading),
    ...disposalClause(agreement.disposal),
  ];
}

function stateWords(reading: Reading): Words {
  const { agreement } = reading;
  const table = tableOf(reading);
  const { zh, en } = states[agreement.state];
  if (table.is === 'amendment')
    return both(
      `本协议${zh}；以上条款是对它的修改：${states[table.state].zh}，备案前仍按第 ${agreement.termsVersion} 版执行。`,
      `The agreement is ${en}. These terms are to amend it: ${states[table.state].en}; until they are filed version ${agreement.termsVersion} holds.`,
    );
  if (table.is === 'past')
    return both(
      `以上条款（第 ${reading.version.version} 版）不是现行条款；现行的是第 ${agreement.termsVersion} 版，本协议${zh}。`,
      `These terms (version ${reading.version.version}) are not those that hold; version ${agreement.termsVersion} is. The agreement is ${en}.`,
    );
  return both(`本协议${zh}。`, `The agreement is ${en}.`);
}

function signatureClause(reading: Reading): Clause[] {
  const table = tableOf(reading);
  if (table.is === 'past') return [];
  const names = table.signatures.map((party) => reading.nameOf(party));
  return [
    names.length === 0
      ? clause('/signatures', '尚无一方签署。', 'Nobody has signed yet.')
      : clause(
          '/signatures',
          `已签署：${names.map(({ zh }) => zh).join('、')}。`,
          `Signed by ${names.map(({ en }) => en).join(' and by ')}.`,
        ),
  ];
}

const holders: Readonly<Record<Holder, Words>> = {
  provider: both('提供方', 'the provider'),
  consumer: both('使用方', 'the consumer'),
  authority: both('主管部门', 'the authority'),
  clock: both('平台（旧版资源的宽限期已过）', 'the hub (the grace for the old resource version is over)'),
};

const suspensionClauses = ({ agreement }: Reading): Clause[] =>
  agreement.suspensions.map(({ holder, at, reason }, i) =>
    clause(
      `/suspensions/${i}`,
      `${holders[holder].zh}自 ${at.slice(0, 10)} 起中止执行：${quoted(reason)}。`,
      `Suspended by ${holders[holder].en} since ${at.slice(0, 10)}: ${quoted(reason)}.`,
    ),
  );

function disputeClause({ agreement: { dispute }, nameOf }: Reading): Clause[] {
  if (!dispute) return [];
  const by = nameOf(dispute.openedBy);
  const where = {
    open: both('等待对方答复', 'the other party has to answer'),
    answered: both('等待主管部门裁定', 'the authority has to decide'),
    decided: both('已裁定', 'decided'),
  }[dispute.state];
  return [clause('/dispute', `${by.zh}提出争议，${where.zh}。`, `A dispute was opened by ${by.en}: ${where.en}.`)];
}

function outdatedClause({ agreement: { outdated } }: Reading): Clause[] {
  if (!outdated) return [];
  const { resourceVersion, fields, graceUntil } = outdated;
  const names = fields.map(quoted);
  return [
    clause(
      '/outdated',
      `资源第 ${resourceVersion} 版不再按约定提供${names.join('、')}；旧版交付至 ${graceUntil}，此前须修改条款。`,
      `Version ${resourceVersion} of the resource no longer gives ${names.join(', ')} as agreed. The old version is delivered until ${graceUntil}; the terms have to be amended before.`,
    ),
  ];
}

function disposalClause(disposal: Disposal | undefined): Clause[] {
  if (!disposal) return [];
  const { due, statement } = disposal;
  return [
    statement
      ? clause(
          '/disposal',
          `使用方已于 ${statement.disposedOn} 处置数据并作出声明。`,
          `The consumer disposed of the data on ${statement.disposedOn} and stated so.`,
        )
      : clause(
          '/disposal',
          `使用方须在 ${due} 前（含当日）销毁数据并提交处置声明。`,
          `The consumer has to destroy the data and state so by ${due}.`,
        ),
  ];
}
