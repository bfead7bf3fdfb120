import { type Benchmark, BenchmarkError } from "./benchmark";
import { driftBenchmark } from "./drift/drift";
import { falseAlarmBenchmark } from "./drift/falseAlarms";
import { policyBenchmark } from "./policy/policy";
import { fuzzBenchmark } from "./serving/fuzz/fuzz";
import { overloadBenchmark } from "./serving/overload";
import { servingBenchmark } from "./serving/serving";
import { soakBenchmark } from "./serving/soak";

/** Every benchmark by the name that the command line gives it. */
const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  serving: servingBenchmark,
  drift: driftBenchmark,
  overload: overloadBenchmark,
  soak: soakBenchmark,
  fuzz: fuzzBenchmark,
  "false-alarms": falseAlarmBenchmark,
  policy: policyBenchmark,
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...more] = args.filter((argument) => !["--json", "--quick"].includes(argument));
  const benchmark = name === undefined ? undefined : BENCHMARKS[name];
  if (benchmark === undefined || more.length > 0) {
    const found = name === undefined ? "No benchmark is named." : `Found: ${[name, ...more].join(" ")}.`;
    console.error(
      `${found} Allowed: ${Object.keys(BENCHMARKS).join(", ")}. Usage: npm run bench -- NAME [--json] [--quick]`,
    );
    return 1;
  }
  const { report, text } = await benchmark((line) => process.stderr.write(`${line}\n`), {
    quick: args.includes("--quick"),
  });
  process.stdout.write(args.includes("--json") ? `${JSON.stringify(report)}\n` : `${text}\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof BenchmarkError ? error.message : error);
    process.exitCode = 1;
  },
);
