import { runJob } from "../runtime/process";
import { trainingService } from "./service";
import { runTraining } from "./training";

runJob(trainingService, runTraining);
