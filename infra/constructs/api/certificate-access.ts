import { readFileSync } from 'node:fs';
import { CfnProfile, CfnTrustAnchor } from 'aws-cdk-lib/aws-rolesanywhere';
import type { Construct } from 'constructs';
import type { Names } from '../names.ts';
import { readAsSet } from '../../wrong-setting.ts';

/** The authority whose certificates stand for departments; a file, since the China regions have no private CA service. */
export const trustAnchorOf = (scope: Construct, names: Names, certificateFile: string): CfnTrustAnchor =>
  new CfnTrustAnchor(scope, 'TrustAnchor', {
    name: names.api,
    enabled: true,
    source: {
      sourceType: 'CERTIFICATE_BUNDLE',
      sourceData: {
        x509CertificateData: readAsSet(`certificateAuthority ${certificateFile}`, () =>
          readFileSync(certificateFile, 'utf8'),
        ).trim(),
      },
    },
  });

/**
 * What holders of certificates name when they ask for a role's credentials, which live for an hour. Their sessions have
 * the certificate's serial number as name, never one of their choice.
 */
export const profileOf = (scope: Construct, names: Names, roleArns: readonly string[]): CfnProfile =>
  new CfnProfile(scope, 'Profile', {
    name: names.api,
    enabled: true,
    durationSeconds: 3600,
    acceptRoleSessionName: false,
    roleArns: [...roleArns],
  });
