import { clause, quoted, type Clause, type Reading } from './clause.ts';

/** Between whom, about what. */
export function partyClauses({ agreement, version, definition, nameOf }: Reading): Clause[] {
  const { agreementId, provider, consumer, resourceId } = agreement;
  const [giving, taking] = [nameOf(provider), nameOf(consumer)];
  const proposer = nameOf(version.proposedBy);
  return [
    clause('/provider', {
      zh: `提供方：${giving.zh}（${provider}）。`,
      en: `The provider is ${giving.en} (${provider}).`,
    }),
    clause('/consumer', {
      zh: `使用方：${taking.zh}（${consumer}）。`,
      en: `The consumer is ${taking.en} (${consumer}).`,
    }),
    clause('/resourceId', {
      zh: `信息资源：${quoted(definition.title)}（${resourceId}）。`,
      en: `The resource is ${quoted(definition.titleEn ?? definition.title)} (${resourceId}).`,
    }),
    clause('/resourceVersion', {
      zh: `按该资源目录第 ${version.resourceVersion} 版执行。`,
      en: `It is taken as version ${version.resourceVersion} of its catalog entry describes it.`,
    }),
    clause('/agreementId', {
      zh: `协议编号 ${agreementId}，条款第 ${version.version} 版，由${proposer.zh}提出。`,
      en: `This is agreement ${agreementId}, version ${version.version} of its terms, proposed by ${proposer.en}.`,
    }),
  ];
}
