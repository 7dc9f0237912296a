import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, type NagPack } from 'cdk-nag';

/** What a rule of cdk-nag says of one construct. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly what: string;
}

/**
 * Both packs, run by hand: as plugins of the app they would stop the synthesis at the first pack's findings, and print
 * them in their own way. Findings with a reason beside the construct (constructs/accepted.ts) are not among them.
 */
export const findings = (app: App) => ({
  mustBeMended: of(new AwsSolutionsChecks(app), app),
  reported: of(new NIST80053R5Checks(app), app),
});

const of = (pack: NagPack, app: App): readonly Finding[] =>
  pack
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '', what: description })),
    );
