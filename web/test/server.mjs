// `hearsay serve` over a store of its own, in a folder that goes with it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const program = process.env.HEARSAY ?? join(root, "build/hearsay");

/** `make` may fill the store before anything is added. */
export async function serve({ files = [], options = [], make } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "hearsay-web-"));
  const store = join(folder, "record.db");
  make?.(program, store);
  if (files.length) execFileSync(program, ["add", "--store", store, ...files], { stdio: ["ignore", "ignore", "inherit"] });
  const child = spawn(program, ["serve", "--store", store, "--listen", "127.0.0.1:0", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let log = "";
  child.stderr.on("data", (piece) => (log += piece));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (piece) => (said += piece).includes("Ctrl-C") && resolve());
    ended.then(() => reject(new Error(log)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { base: /http:\/\/\S+?(?=\/\s)/.exec(said)[0], folder, store, stop, kill: () => (child.kill("SIGKILL"), ended) };
}

export async function json(server, path) {
  return (await fetch(`${server.base}/api/v1/${path}`)).json();
}
