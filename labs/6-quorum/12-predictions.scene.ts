import { predictionsMade } from "../kit/quorum";
import { CASES } from "./cases";

predictionsMade("each case has a prediction", CASES);
