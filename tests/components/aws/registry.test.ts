import { AwsRegistry } from "../../../components/aws/registry";
import { place, recordAws } from "../../support/awsCloud";
import { unwrap } from "../../support/pulumiMocks";

test("the platform's image, which is below the registry's URL, has a repository there", async () => {
  const { one, result } = await recordAws(() => new AwsRegistry("registry", { place: place() }));
  const repository = one("aws:ecr/repository:Repository").inputs.name;
  expect(repository).toBe("tideline-prod-registry/tideline");
  expect(`${await unwrap(result.url)}/tideline`).toBe(`123456789012.dkr.ecr.us-east-1.amazonaws.com/${repository}`);
});
