import { snapshotScene } from "./driver";

// MIT 6.5840, TestSnapshotBasic and TestSnapshotInstall in four forms.
snapshotScene({ name: "snapshots basic", network: "reliable" });
snapshotScene({ name: "install snapshots", network: "reliable", fault: "isolate" });
snapshotScene({ name: "install snapshots (unreliable)", network: "unreliable", fault: "isolate" });
snapshotScene({ name: "install snapshots (crash)", network: "reliable", fault: "crash" });
snapshotScene({ name: "install snapshots (unreliable and crash)", network: "unreliable", fault: "crash" });
