import vm from 'node:vm';

const { SourceTextModule, compileFunction } = vm;

/** By file: its source, and what V8 made of it. */
const ofModules = new Map();
const ofFunctions = new Map();

const compiledOf = (known, file, code) => {
  const kept = known.get(file);
  return kept?.code === code ? kept.data : undefined;
};

class CompiledOnce extends SourceTextModule {
  constructor(code, options) {
    const { identifier } = options;
    const cachedData = compiledOf(ofModules, identifier, code);
    super(code, { ...options, cachedData });
    // After its evaluation it could not be asked any more.
    if (!cachedData) ofModules.set(identifier, { code, data: this.createCachedData() });
  }
}

function compileFunctionOnce(code, params, options) {
  const { filename } = options;
  const cachedData = compiledOf(ofFunctions, filename, code);
  const compiled = compileFunction(code, params, { ...options, cachedData, produceCachedData: !cachedData });
  if (compiled.cachedData) ofFunctions.set(filename, { code, data: compiled.cachedData });
  return compiled;
}

/** Each suite has modules of its own; what they are compiled to is the same, and is kept for the worker's later suites. */
export function compileOnce() {
  vm.SourceTextModule = CompiledOnce;
  vm.compileFunction = compileFunctionOnce;
}
