import { predictionsRight } from "../../../labs/kit/quorum";
import { casesOf } from "../../../labs/6-quorum/cases";
import { TRUTHS } from "./truths";

predictionsRight("predicted: who is served when replicas are down", 2, casesOf("who is served"), TRUTHS);
