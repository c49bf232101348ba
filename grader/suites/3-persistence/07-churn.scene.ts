import { churnScene } from "./churn";

// MIT 6.5840, TestReliableChurn and TestUnreliableChurn.
churnScene("churn", "reliable");
churnScene("unreliable churn", "unreliable");
