// src/ → FOLDER (dist): one script, one style sheet, the page, the icon.
// usage: node build.mjs [FOLDER]
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "dist");
const BANNER = "Made by web/build.mjs from web/src; `make web` makes it anew.";
const MOST = 120 * 1024;

mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.tsx", style: "src/style.css" },
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  charset: "utf8",
  banner: { js: `/* ${BANNER} */`, css: `/* ${BANNER} */` },
  outdir: out,
  logLevel: "warning",
});
const page = readFileSync(join(here, "src/index.html"), "utf8");
writeFileSync(join(out, "index.html"), page.replace("<!doctype html>", `<!doctype html>\n<!-- ${BANNER} -->`));
copyFileSync(join(here, "src/icon.svg"), join(out, "icon.svg"));

const sizes = ["app.js", "style.css", "index.html", "icon.svg"].map((name) => gzipSync(readFileSync(join(out, name))).length);
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`bundle: ${total} bytes gzipped (of ${MOST})`);
if (total >= MOST) process.exit(1);
