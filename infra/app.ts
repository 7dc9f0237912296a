import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle/functions.ts';
import { settingsFrom } from './settings.ts';
import { addHub } from './stacks/hub.ts';

/**
 * Writes the cloud assembly into `cdk.out`, or `$CDK_OUTDIR`. Settings are context keys `hub:…` (settings.ts), given
 * by the CDK's command line (`-c hub:stage=prod`) or, without it, as JSON in `$CDK_CONTEXT_JSON`.
 */
const app = new App({
  outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
  analyticsReporting: false,
  treeMetadata: false,
  stackTraces: false,
  // What the CDK's own check of the templates (off with CDK_VALIDATION=false) finds wrong is an error.
  context: { '@aws-cdk/core:strictCfnValidateErrors': true, '@aws-cdk/core:failSynthOnValidationErrors': true },
});
const settings = settingsFrom(app.node.getAllContext());
const bundle = await bundleFunctions(settings);
try {
  addHub(app, settings, bundle);
  app.synth();
} finally {
  bundle.remove();
}
