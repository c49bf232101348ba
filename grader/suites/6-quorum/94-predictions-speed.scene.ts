import { predictionsRight } from "../../../labs/kit/quorum";
import { casesOf } from "../../../labs/6-quorum/cases";
import { TRUTHS } from "./truths";

predictionsRight("predicted: how long and how much", 2, casesOf("how long and how much"), TRUTHS);
