import { predictionsRight } from "../../../labs/kit/quorum";
import { casesOf } from "../../../labs/6-quorum/cases";
import { TRUTHS } from "./truths";

predictionsRight("predicted: what reads and writes cost", 2, casesOf("what it costs"), TRUTHS);
