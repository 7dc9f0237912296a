import { bundleFunctions } from './bundle/functions.ts';
import { cdkApp } from './cdk-app.ts';
import { settingsFrom } from './settings.ts';
import { addHub } from './stacks/hub.ts';
import { WrongSetting } from './wrong-setting.ts';

/**
 * Writes the cloud assembly into `cdk.out`, or `$CDK_OUTDIR`. Settings are context keys `hub:…` (settings.ts), given
 * by the CDK's command line (`-c hub:stage=prod`) or, without it, as JSON in `$CDK_CONTEXT_JSON`. An assembly that runs here has
 * this machine's code (`$HUB_NATIVE_CODE`).
 */
async function write(): Promise<void> {
  const app = cdkApp(process.env['CDK_OUTDIR'] ?? 'cdk.out');
  const settings = settingsFrom(app.node.getAllContext());
  const bundle = await bundleFunctions(
    settings,
    process.env['HUB_NATIVE_CODE'] === 'of-this-machine' ? 'of-this-machine' : 'of-lambda',
  );
  try {
    addHub(app, settings, bundle);
    app.synth();
  } finally {
    bundle.remove();
  }
}

try {
  await write();
} catch (fault) {
  if (!(fault instanceof WrongSetting)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 1;
}
