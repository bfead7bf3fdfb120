import { runService } from "../runtime/process";
import { servingService } from "./service";
import { startServing } from "./serving";

runService(servingService, startServing);
