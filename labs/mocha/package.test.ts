import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

interface Package {
  readonly scripts: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Record<string, string>;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(ROOT, file), "utf8")) as T;
}

describe("package.json", () => {
  const { scripts, devDependencies } = read<Package>("package.json");

  for (const [name, script] of Object.entries(scripts)) {
    it(`script ${name} runs in any shell`, () => {
      // Windows' cmd knows && and double quotes; it knows neither NAME=value nor single quotes nor $NAME.
      expect(script).to.not.match(/['$`;|<>]|(^|&& )\w+=/);
      for (const command of script.split(" && ")) {
        const [program = ""] = command.split(" ");
        const known =
          ["node", "npm"].includes(program) || existsSync(join(ROOT, "node_modules", ".bin", program));
        expect(known, program).to.equal(true);
      }
    });
  }

  it("pins every version", () => {
    expect(Object.values(devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).to.be.empty;
  });
});

describe("the launch file of VS Code", () => {
  const text = readFileSync(join(ROOT, ".vscode", "launch.json"), "utf8");
  const { configurations } = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) as {
    configurations: { name: string; program: string }[];
  };

  for (const { name, program } of configurations) {
    it(`starts a program that exists for “${name}”`, () => {
      expect(existsSync(program.replace("${workspaceFolder}", ROOT)), program).to.equal(true);
    });
  }
});

describe("package-lock.json", () => {
  const { packages } = read<{ packages: Record<string, LockedPackage> }>("package-lock.json");
  const locked = Object.entries(packages).filter(([path]) => path !== "");

  it("names no registry", () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).to.be.empty;
  });

  it("vouches for the content of every package", () => {
    expect(locked.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).to.be.empty;
  });

  it("holds the builds of every platform, or npm ci refuses it", () => {
    const wanted = locked.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies));
    expect(wanted.filter((name) => !(`node_modules/${name}` in packages))).to.be.empty;
  });
});
