import { runService } from "../runtime/process";
import { startMetadata } from "./metadata";
import { metadataService } from "./service";

runService(metadataService, startMetadata);
