import { clause, quoted, type Clause, type Reading } from './clause.ts';

/** Between whom, about what. */
export function partyClauses({ agreement, version, definition, nameOf }: Reading): Clause[] {
  const { agreementId, provider, consumer, resourceId } = agreement;
  const [giving, taking] = [nameOf(provider), nameOf(consumer)];
  const proposer = nameOf(version.proposedBy);
  return [
    clause('/provider', `提供方：${giving.zh}（${provider}）。`, `The provider is ${giving.en} (${provider}).`),
    clause('/consumer', `使用方：${taking.zh}（${consumer}）。`, `The consumer is ${taking.en} (${consumer}).`),
    clause(
      '/resourceId',
      `信息资源：${quoted(definition.title)}（${resourceId}）。`,
      `The resource is ${quoted(definition.titleEn ?? definition.title)} (${resourceId}).`,
    ),
    clause(
      '/resourceVersion',
      `按该资源目录第 ${version.resourceVersion} 版执行。`,
      `It is taken as version ${version.resourceVersion} of its catalog entry describes it.`,
    ),
    clause(
      '/agreementId',
      `协议编号 ${agreementId}，条款第 ${version.version} 版，由${proposer.zh}提出。`,
      `This is agreement ${agreementId}, version ${version.version} of its terms, proposed by ${proposer.en}.`,
    ),
  ];
}
