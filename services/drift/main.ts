import { runService } from "../runtime/process";
import { startDrift } from "./drift";
import { driftService } from "./service";

runService(driftService, startDrift);
