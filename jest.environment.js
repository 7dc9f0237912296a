import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';
import { compileOnce } from './jest.compiled.js';

compileOnce();
// As in functions through which many bytes go (functions/adapters/external-memory.ts).
setFlagsFromString('--external-memory-accounted-in-global-limit');

const { createContext, constants } = vm;

/**
 * Jest's own environment with an ordinary global object (`vm.constants.DONT_CONTEXTIFY`). Jest asks for one whose every
 * property passes an interceptor and a Proxy: each `Math`, `Buffer` or `Uint8Array` that is read in a test's modules is a call.
 */
export default class OrdinaryGlobal extends TestEnvironment {
  constructor(config, context) {
    vm.createContext = () => createContext(constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
}
