const { TestEnvironment } = require("jest-environment-node");

/**
 * Jest runs a test in a realm of its own, whose typed arrays are other classes than those that a native module makes;
 * onnxruntime compares classes. A test file that runs a model on its own thread names this environment.
 */
class NativeArraysEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { Float32Array, Float64Array, BigInt64Array, BigUint64Array, Int32Array });
    Object.assign(this.global, { Int8Array, Int16Array, Uint16Array, Uint32Array });
  }
}

module.exports = NativeArraysEnvironment;
