import { App } from 'aws-cdk-lib';

/**
 * An app that writes its assembly into a folder. What the CDK's own check of the templates finds wrong is an error; the
 * check takes most of a synthesis, and `CDK_VALIDATION=false` leaves it out.
 */
export const cdkApp = (outdir: string): App =>
  new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    context: { '@aws-cdk/core:strictCfnValidateErrors': true, '@aws-cdk/core:failSynthOnValidationErrors': true },
  });
