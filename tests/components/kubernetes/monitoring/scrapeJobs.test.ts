import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { type ScrapeJob, scrapeJobs } from "../../../../components/kubernetes/monitoring/scrapeJobs";
import { describeWithTool } from "../../../support/installedTool";
import { temporaryFolder } from "../../../support/temporaryFolder";

test("addresses are probed only when there are any", () => {
  const names = (urls: readonly string[]) => scrapeJobs(urls).map(({ job_name }) => job_name);
  expect(names([])).toEqual(["probe-services", "gateway"]);
  expect(names(["https://api.example.com/health"])).toEqual(["probe-urls", "probe-services", "gateway"]);
});

/** Debian builds Prometheus without the discovery of Kubernetes; all else of a job is checked. */
function withoutDiscovery({ kubernetes_sd_configs: _, ...job }: ScrapeJob): object {
  return job;
}

describeWithTool("promtool", "prometheus", "scrape jobs in Prometheus", (promtool) => {
  const folder = temporaryFolder();

  it("accepts them", async () => {
    const path = join(folder, "prometheus.yaml");
    writeFileSync(path, dump({ scrape_configs: scrapeJobs(["https://api.example.com/health"]).map(withoutDiscovery) }));
    const { code, output } = await promtool("check", "config", path);
    expect([code, output]).toEqual([0, expect.stringContaining("SUCCESS")]);
  });

  it("refuses one whose timeout is longer than its interval", async () => {
    const path = join(folder, "wrong.yaml");
    const jobs = scrapeJobs([]).map((job) => withoutDiscovery({ ...job, scrape_timeout: "31s" }));
    writeFileSync(path, dump({ scrape_configs: jobs }));
    expect((await promtool("check", "config", path)).code).toBe(1);
  });
});
