import { scene } from "../../../labs/kit/kv";
import { boundedLogs, MAX_STATE_BYTES, reads } from "./script";

// MIT 6.5840, GenericTestSpeed: a thousand appends, one after the other, in a third of a heartbeat interval each.
const APPENDS = 1000;
const EACH = 100 / 3;

function speed(name: string, snapshots: boolean): void {
  const setup = { lab: 5, servers: 3, clients: 1, points: 2, share: 0.25 };
  scene(name, snapshots ? { ...setup, maxStateBytes: MAX_STATE_BYTES } : setup, (c) => {
    const client = c.client();
    client.get("x");
    const start = c.now;
    let text = "";
    for (let i = 0; i < APPENDS; i++) {
      const value = `x 0 ${i} y`;
      client.append("x", value);
      text += value;
      c.expect(
        c.now - start <= APPENDS * EACH,
        `${APPENDS} operations of one client take at most ${(APPENDS * EACH).toFixed(0)} ms: none waits for a heartbeat (MIT 6.5840, GenericTestSpeed)`,
        `${i + 1} appends took ${(c.now - start).toFixed(0)} ms, ${((c.now - start) / (i + 1)).toFixed(1)} ms each`,
      );
    }
    reads(c, client, "x", text);
    if (snapshots) boundedLogs(c);
  });
}

speed("speed", false);
speed("speed with snapshots", true);
