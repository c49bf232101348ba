import { scene } from "../kit/raft";

scene("three commands become three entries", { lab: 2, servers: 3 }, (c) => {
  for (const index of [1, 2, 3]) {
    c.uncommitted(index);
    c.expect(
      c.commit(`command ${index}`, { retry: false }) === index,
      "Only what is proposed enters the log; Raft itself appends no no-op (contract; MIT 6.5840, BasicAgree)",
      `command ${index} is not entry ${index}`,
    );
  }
  c.agree(["command 1", "command 2", "command 3"]);
});
