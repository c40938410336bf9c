// Runs a Python script inside Pyodide, with a folder of this machine as /tree. Called by sitekit/runtime.py.

import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideFolder, tree, script] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${pyodideFolder}/` });
python.FS.mkdirTree("/tree");
python.FS.mount(python.FS.filesystems.NODEFS, { root: tree }, "/tree");
python.runPython(fs.readFileSync(script, "utf8"));
