import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Names } from '../names.ts';

export interface WebAclProps {
  readonly names: Names;
  /** Calls a second that the API takes from everybody together. */
  readonly throttleRate: number;
}

const metrics = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

/**
 * AWS's managed rules before the API. Definitions and uploads' parts lists are longer than the 8 KB that they allow a
 * body: that rule only counts. One address may not call more often than the API takes calls at all; departments often
 * share an address.
 */
export class WebAcl extends CfnWebACL {
  constructor(scope: Construct, id: string, { names, throttleRate }: WebAclProps) {
    super(scope, id, {
      name: names.api,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: metrics(names.api),
      rules: [
        managed(0, 'AWSManagedRulesAmazonIpReputationList'),
        managed(1, 'AWSManagedRulesKnownBadInputsRuleSet'),
        managed(2, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
        {
          name: 'flood',
          priority: 3,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: Math.max(10, throttleRate * 300) } },
          visibilityConfig: metrics('flood'),
        },
      ],
    });
  }
}

const managed = (priority: number, name: string, onlyCounted: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(onlyCounted.length > 0 && {
        ruleActionOverrides: onlyCounted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  visibilityConfig: metrics(name),
});
