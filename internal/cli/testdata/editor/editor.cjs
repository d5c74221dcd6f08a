// An editor without a window: it starts `plumb lsp` and speaks with it through
// the protocol library that VS Code is built on, and prints what it would show.
//
//	node editor.cjs PLUMB FOLDER PACKAGES utf-16|utf-8|pull
//
// Every message is checked against the protocol's own guards. The folder has what
// it opens; texts are those on disk until they are edited, and never saved.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [, , plumb, folder, packages, mode] = process.argv;
const lsp = require(path.join(packages, "vscode-languageserver-protocol", "lib", "node", "main.js"));
const encoding = mode === "utf-8" ? "utf-8" : "utf-16";

const say = (title, ...lines) => console.log([`# ${title}`, ...lines].join("\n"));
const at = (name) => pathToFileURL(path.join(folder, name)).toString();
const nameOf = (uri) => decodeURIComponent(uri.slice(at("").length)).replace(/^\//, "");
const need = (is, value, what) => {
  if (!is(value)) throw new Error(`${what} is not of the protocol's form: ${JSON.stringify(value)}`);
  return value;
};

// Texts that are open, and places in them.
const texts = new Map();
const offset = (text, position) => {
  const lines = text.split("\n");
  const before = lines.slice(0, position.line).reduce((n, line) => n + line.length + 1, 0);
  const line = lines[position.line];
  if (encoding === "utf-16") return before + position.character;
  return before + Buffer.from(line).subarray(0, position.character).toString().length;
};
const place = (text, index) => {
  const before = text.slice(0, index).split("\n");
  const last = before.pop();
  return { line: before.length, character: encoding === "utf-16" ? last.length : Buffer.byteLength(last) };
};
const find = (name, mark, back = 0) => {
  const { text } = texts.get(name);
  const index = text.indexOf(mark);
  if (index < 0) throw new Error(`${name} has no ${mark}`);
  return { textDocument: { uri: at(name) }, position: place(text, index + mark.length - back) };
};
const show = (r) => `${r.start.line + 1}:${r.start.character + 1}-${r.end.line + 1}:${r.end.character + 1}`;

async function main() {
  const server = spawn(plumb, ["lsp", "--delay", "1ms"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  server.stderr.on("data", (data) => (said += data));
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const late = setTimeout(() => {
    console.log(`it took too long; plumb said: ${said}`);
    server.kill();
    process.exit(1);
  }, 120e3);
  const connection = lsp.createProtocolConnection(new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin));

  let settings = null;
  const registered = [];
  const messages = [];
  const shown = new Map(); // by name: the diagnostics, and of which version
  let wake = () => {};
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (p) => {
    p.diagnostics.forEach((d) => need(lsp.Diagnostic.is, d, "a diagnostic"));
    shown.set(nameOf(p.uri), p);
    wake();
  });
  connection.onNotification(lsp.ShowMessageNotification.type, (p) => {
    messages.push(p.message);
    wake();
  });
  connection.onRequest(lsp.RegistrationRequest.type, (p) => {
    registered.push(...p.registrations);
    wake();
  });
  connection.onRequest(lsp.ConfigurationRequest.type, (p) => p.items.map((item) => (item.section === "plumb" ? settings : null)));
  connection.onRequest(lsp.WorkDoneProgressCreateRequest.type, () => {});
  connection.listen();

  const until = async (what, is) => {
    for (let result; ; await new Promise((resolve) => (wake = resolve))) {
      if ((result = is())) return result;
    }
  };
  // The diagnostics of a file, as it is now, once they are as somebody wants them.
  const diagnostics = async (name, is = () => true) => {
    if (mode !== "pull") {
      const version = texts.get(name)?.version;
      return (await until(name, () => {
        const p = shown.get(name);
        return p && p.version === version && is(p.diagnostics) && p;
      })).diagnostics;
    }
    for (;;) {
      const report = await connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: { uri: at(name) } });
      report.items.forEach((d) => need(lsp.Diagnostic.is, d, "a diagnostic"));
      if (is(report.items)) return report.items;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const list = (items) => items.map((d) => `${show(d.range)} ${["", "error", "warning", "info"][d.severity]} ${d.code}: ${d.message}`);
  const has = (code) => (items) => items.some((d) => d.code === code);
  const without = (code) => (items) => !items.some((d) => d.code === code);

  const open = (name) => {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    texts.set(name, { text, version: 1 });
    return connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument: { uri: at(name), languageId: "yaml", version: 1, text } });
  };
  // Edits are given in places of the text as it is, and sent from the last to the
  // first, so that each of them holds when it is made.
  const change = (name, edits) => {
    const doc = texts.get(name);
    const sorted = [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
    for (const e of sorted) {
      doc.text = doc.text.slice(0, offset(doc.text, e.range.start)) + e.newText + doc.text.slice(offset(doc.text, e.range.end));
    }
    doc.version++;
    return connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: at(name), version: doc.version }, contentChanges: sorted.map((e) => ({ range: e.range, text: e.newText })),
    });
  };
  const replace = (name, from, to) => {
    const { text } = texts.get(name);
    const index = text.indexOf(from);
    return change(name, [{ range: { start: place(text, index), end: place(text, index + from.length) }, newText: to }]);
  };
  const apply = async (edit) => {
    need(lsp.WorkspaceEdit.is, edit, "a change");
    const lines = [];
    for (const d of edit.documentChanges) {
      const name = nameOf(d.textDocument.uri);
      const doc = texts.get(name);
      lines.push(...d.edits.map((e) => `${name} ${show(e.range)} ${JSON.stringify(e.newText)}`));
      if (!doc) continue; // an editor would open it
      if (doc.version !== d.textDocument.version) throw new Error(`a change for version ${d.textDocument.version} of ${name}, which is at ${doc.version}`);
      await change(name, d.edits);
    }
    return lines;
  };

  const textDocument = {
    synchronization: { didSave: true }, hover: { contentFormat: ["markdown"] }, definition: {}, references: {},
    documentSymbol: { hierarchicalDocumentSymbolSupport: true }, rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: {},
  };
  if (mode === "pull") textDocument.diagnostic = { relatedDocumentSupport: true };
  else textDocument.publishDiagnostics = { versionSupport: true, codeDescriptionSupport: true, relatedInformation: true };
  const started = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid, rootUri: at(""), workspaceFolders: [{ uri: at(""), name: "notes" }], clientInfo: { name: "editor.cjs" },
    initializationOptions: {},
    capabilities: {
      general: { positionEncodings: mode === "utf-8" ? ["utf-8", "utf-16"] : ["utf-16"] },
      window: { workDoneProgress: true, showMessage: {} },
      workspace: {
        applyEdit: true, configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true },
        didChangeWatchedFiles: { dynamicRegistration: true }, didChangeConfiguration: { dynamicRegistration: true },
      },
      textDocument,
    },
  });
  delete started.serverInfo.version;
  say("initialize", JSON.stringify(started.serverInfo), ...Object.entries(started.capabilities).map(([k, v]) => `${k} ${JSON.stringify(v)}`));
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  await until("registrations", () => registered.length >= 2);
  say("registered", ...registered.map((r) => `${r.method} ${JSON.stringify(r.registerOptions)}`));

  await open("api.yaml");
  say("diagnostics of what was opened", ...list(await diagnostics("api.yaml")));

  await replace("api.yaml", "Notes 𝄞", "Notes 𝄞 <script>");
  say("an edit behind a character of two units", ...list((await diagnostics("api.yaml", has("no-script-tags-in-markdown"))).filter((d) => d.code === "no-script-tags-in-markdown")));
  await replace("api.yaml", " <script>", "");
  await diagnostics("api.yaml", without("no-script-tags-in-markdown"));
  await replace("api.yaml", "paths:", "paths: [");
  say("a text that cannot be read", ...list(await diagnostics("api.yaml", has("parser"))));
  await replace("api.yaml", "paths: [", "paths:");
  say("and that can again", ...list(await diagnostics("api.yaml", without("parser"))));

  const hover = async (title, ...args) => {
    const h = await connection.sendRequest(lsp.HoverRequest.type, find(...args));
    say(`hover over ${title}`, need(lsp.Hover.is, h, "a hover").contents.value);
  };
  await hover("a finding", "api.yaml", "    Unused", 1);
  await hover("a reference", "api.yaml", "schemas/Note'}", 4);

  const action = async (kind, title) => {
    const found = await diagnostics("api.yaml");
    const { text } = texts.get("api.yaml");
    const actions = await connection.sendRequest(lsp.CodeActionRequest.type, {
      textDocument: { uri: at("api.yaml") }, range: { start: { line: 0, character: 0 }, end: place(text, text.length) }, context: { diagnostics: found, only: [kind] },
    });
    actions.forEach((a) => need(lsp.CodeAction.is, a, "an action"));
    say(title, ...actions.map((a) => `${a.kind}${a.isPreferred ? " preferred" : ""}: ${a.title}`));
    const lines = await apply(actions[0].edit);
    say("applied", ...lines, "found now:", ...list(await diagnostics("api.yaml")));
  };
  await action("quickfix", "quick fixes");
  await action("source.fixAll", "all fixes");

  const locate = async (title, type, params) => {
    const found = await connection.sendRequest(type, params);
    found.forEach((l) => need(lsp.Location.is, l, "a location"));
    say(title, ...found.map((l) => `${nameOf(l.uri)} ${show(l.range)}`));
  };
  await locate("definition", lsp.DefinitionRequest.type, find("api.yaml", "schemas/Note'}", 4));
  await locate("definition in another file", lsp.DefinitionRequest.type, find("api.yaml", "more.yaml#/resp"));
  await locate("references", lsp.ReferencesRequest.type, { ...find("api.yaml", "    Note:", 2), context: { includeDeclaration: true } });

  await open("more.yaml");
  await diagnostics("more.yaml");
  await replace("more.yaml", "Missing:", "Gone:");
  say("what an unsaved file that is referred to does", ...list((await diagnostics("api.yaml", has("invalid-ref"))).filter((d) => d.code === "invalid-ref")));
  await replace("more.yaml", "Gone:", "Missing:");
  await diagnostics("api.yaml", without("invalid-ref"));

  const prepared = await connection.sendRequest(lsp.PrepareRenameRequest.type, find("more.yaml", "Missing", 2));
  say("what would be renamed", `${show(prepared.range)} ${prepared.placeholder}`);
  say("rename", ...(await apply(await connection.sendRequest(lsp.RenameRequest.type, { ...find("more.yaml", "Missing", 2), newName: "NotFound" }))));
  await diagnostics("api.yaml", without("invalid-ref"));
  try {
    await connection.sendRequest(lsp.RenameRequest.type, { ...find("api.yaml", "    Note:", 2), newName: "Unused" });
  } catch (error) {
    say("a rename to a name that is taken", error.message);
  }

  await replace("api.yaml", "    Unused: {type: string}", "    Unused: {$ref: '#/comp'}");
  await diagnostics("api.yaml");
  const completion = await connection.sendRequest(lsp.CompletionRequest.type, find("api.yaml", "'#/comp'", 1));
  completion.items.forEach((i) => need(lsp.TextEdit.is, i.textEdit, "a completion"));
  say("completion", ...completion.items.map((i) => `${i.label}${i.detail ? ` (${i.detail})` : ""} ${show(i.textEdit.range)}`));

  const outline = (symbols, indent) => symbols.flatMap((s) => [`${indent}${s.name} ${show(s.selectionRange)}`, ...outline(s.children ?? [], indent + "  ")]);
  const symbols = await connection.sendRequest(lsp.DocumentSymbolRequest.type, { textDocument: { uri: at("api.yaml") } });
  symbols.forEach((s) => need(lsp.DocumentSymbol.is, s, "a symbol"));
  say("symbols", ...outline(symbols, ""));

  const source = new lsp.CancellationTokenSource();
  const cancelled = connection.sendRequest(lsp.HoverRequest.type, find("api.yaml", "    Note", 1), source.token).then(() => true, (error) => error.code === lsp.LSPErrorCodes.RequestCancelled);
  source.cancel();
  say("a request that is cancelled", (await cancelled) ? "is answered, or said to be cancelled" : "fails");
  const unknown = await connection.sendRequest("plumb/noSuchRequest", {}).then(() => "was answered", (error) => error.code === lsp.ErrorCodes.MethodNotFound ? "is not known" : error.message);
  say("a request of which nobody knows", unknown);

  fs.writeFileSync(path.join(folder, "plumb.yaml"), "apis: [{name: notes, openapi: api.yaml}]\nlint: {rules: {info-contact: error}}\n");
  await connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, { changes: [{ uri: at("plumb.yaml"), type: lsp.FileChangeType.Changed }] });
  const isError = (d) => d.code === "info-contact" && d.severity === lsp.DiagnosticSeverity.Error;
  say("a plumb.yaml that another program has written", ...list((await diagnostics("api.yaml", (items) => items.some(isError))).filter(isError)));

  settings = { rulesets: ["only.yaml"] };
  await connection.sendNotification(lsp.DidChangeConfigurationNotification.type, { settings: null });
  say("a ruleset of the editor's settings", ...list(await diagnostics("api.yaml", has("no-notes"))));
  settings = { rulesets: ["nothing.yaml"] };
  await connection.sendNotification(lsp.DidChangeConfigurationNotification.type, { settings: null });
  await until("a message", () => messages.length > 0);
  say("settings that are wrong", ...messages);

  await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri: at("more.yaml") } });
  await connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri: at("api.yaml") } });
  texts.clear();
  if (mode !== "pull") say("closed", ...list(await diagnostics("api.yaml", (items) => items.length === 0)));
  await connection.sendRequest(lsp.ShutdownRequest.type);
  await connection.sendNotification(lsp.ExitNotification.type);
  say("exit", `code ${await ended}`, ...said.split("\n").filter(Boolean));
  clearTimeout(late);
}

main().catch((error) => {
  console.log(error);
  process.exit(1);
});
