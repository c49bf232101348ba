import { predictionsRight } from "../../../labs/kit/quorum";
import { casesOf } from "../../../labs/6-quorum/cases";
import { TRUTHS } from "./truths";

predictionsRight(
  "predicted: who goes on when the network parts",
  2,
  casesOf("who goes on when the network parts"),
  TRUTHS,
);
