import { CfnDomainName } from 'aws-cdk-lib/aws-apigateway';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import { tls } from './hub-api.ts';

export interface ApiDomainProps {
  readonly domainName: string;
  readonly certificateArn: string;
  readonly hostedZoneId: string | undefined;
  readonly tlsPolicy: Settings['tlsPolicy'];
}

/** The API's own host name. ApiRelease leads it to the stage. */
export class ApiDomain extends Construct {
  /** Where a record of the host name must point. */
  readonly target: string;

  constructor(scope: Construct, id: string, { domainName, certificateArn, hostedZoneId, tlsPolicy }: ApiDomainProps) {
    super(scope, id);
    const domain = new CfnDomainName(this, 'Name', {
      domainName,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      ...tls(tlsPolicy),
    });
    this.target = domain.attrRegionalDomainName;
    if (hostedZoneId !== undefined)
      new CfnRecordSet(this, 'Record', {
        hostedZoneId,
        name: domainName,
        type: 'A',
        aliasTarget: { dnsName: domain.attrRegionalDomainName, hostedZoneId: domain.attrRegionalHostedZoneId },
      });
  }
}
