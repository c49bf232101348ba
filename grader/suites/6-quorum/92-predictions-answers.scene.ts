import { predictionsRight } from "../../../labs/kit/quorum";
import { casesOf } from "../../../labs/6-quorum/cases";
import { TRUTHS } from "./truths";

predictionsRight("predicted: what readers see", 2, casesOf("what readers see"), TRUTHS);
