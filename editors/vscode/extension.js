// Starts `bayplan lsp` for the manifests of a workspace, and hands over what VS Code asks it.
'use strict'

const vscode = require('vscode')
const {Connection} = require('./connection')
const translation = require('./translation')(vscode)

const MANIFESTS = [{language: 'yaml', scheme: 'file'}]
/** How often a server that ends by itself is started again within three minutes. */
const MOST_STARTS = 4

let connection
let diagnostics
let output
let starts = []

function isYAML(document) {
  return vscode.languages.match(MANIFESTS, document) > 0
}

function tell(method, document, more = {}, about = {}) {
  if (connection?.isReady) connection.notify(method, {textDocument: {uri: document.uri.toString(), ...about}, ...more})
}

function opened(document) {
  const {languageId, version} = document
  tell('textDocument/didOpen', document, {}, {languageId, version, text: document.getText()})
}

function words() {
  const root = vscode.workspace.getConfiguration('bayplan').get('root')
  return root ? ['lsp', `--root=${root}`] : ['lsp']
}

function start() {
  const now = Date.now()
  starts = [...starts.filter(moment => now - moment < 180_000), now]
  const program = vscode.workspace.getConfiguration('bayplan').get('path') || 'bayplan'
  const folder = vscode.workspace.workspaceFolders?.find(place => place.uri.scheme === 'file')?.uri.fsPath
  const begun = new Connection(program, words(), folder, {
    logged: text => output.append(text),
    notified: (method, told) => {
      if (method === 'textDocument/publishDiagnostics') {
        diagnostics.set(vscode.Uri.parse(told.uri, true), translation.diagnostics(told.diagnostics))
      }
    },
    ended: (error, status) => {
      if (connection !== begun) return
      connection = undefined
      diagnostics.clear()
      if (error?.code === 'ENOENT') {
        vscode.window.showErrorMessage(
          `Bayplan: there is no program ${program}. Install it (pipx install bayplan), or say in the setting bayplan.path where it is.`)
      } else if (error || starts.length >= MOST_STARTS) {
        vscode.window.showErrorMessage(`Bayplan: ${error?.message ?? `the language server ended (${status})`}; see the output.`)
      } else {
        start()
      }
    },
  })
  connection = begun
  begun.request('initialize', {
    processId: process.pid,
    rootUri: vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? null,
    capabilities: {general: {positionEncodings: ['utf-16']}},
  }).then(
    () => {
      begun.isReady = true
      begun.notify('initialized', {})
      vscode.workspace.textDocuments.filter(isYAML).forEach(opened)
    },
    () => {})
}

async function restart() {
  const old = connection
  connection = undefined
  diagnostics.clear()
  await old?.close()
  starts = []
  start()
}

/** Asks the server; nothing where it cannot answer. */
async function ask(method, parameters, token, translated) {
  if (!connection?.isReady) return undefined
  try {
    return translated(await connection.request(method, parameters, token))
  } catch (error) {
    output.appendLine(`${method}: ${error.message}`)
    return undefined
  }
}

function activate(context) {
  output = vscode.window.createOutputChannel('Bayplan')
  diagnostics = vscode.languages.createDiagnosticCollection('bayplan')
  const {place} = translation.there
  const {languages, workspace} = vscode
  context.subscriptions.push(
    output, diagnostics,
    vscode.commands.registerCommand('bayplan.restart', restart),
    workspace.onDidChangeConfiguration(change => change.affectsConfiguration('bayplan') && restart()),
    workspace.onDidOpenTextDocument(document => isYAML(document) && opened(document)),
    workspace.onDidCloseTextDocument(document => isYAML(document) && tell('textDocument/didClose', document)),
    workspace.onDidChangeTextDocument(({document, contentChanges}) => {
      if (!isYAML(document) || contentChanges.length === 0) return
      const changes = contentChanges.map(change => ({range: translation.there.range(change.range), text: change.text}))
      tell('textDocument/didChange', document, {contentChanges: changes}, {version: document.version})
    }),
    // A Dockerfile beside the manifests may have been saved.
    workspace.onDidSaveTextDocument(document => tell('textDocument/didSave', document)),
    languages.registerCompletionItemProvider(MANIFESTS, {
      provideCompletionItems: (document, at, token) =>
        ask('textDocument/completion', place(document, at), token, translation.completions),
    }, ' ', ':', '-', '[', ',', '{'),
    languages.registerHoverProvider(MANIFESTS, {
      provideHover: (document, at, token) => ask('textDocument/hover', place(document, at), token, translation.hover),
    }),
    languages.registerDefinitionProvider(MANIFESTS, {
      provideDefinition: (document, at, token) =>
        ask('textDocument/definition', place(document, at), token, translation.locations),
    }),
    languages.registerReferenceProvider(MANIFESTS, {
      provideReferences: (document, at, context, token) =>
        ask('textDocument/references', {...place(document, at), context}, token, translation.locations),
    }),
    languages.registerDocumentHighlightProvider(MANIFESTS, {
      provideDocumentHighlights: (document, at, token) =>
        ask('textDocument/documentHighlight', place(document, at), token, translation.highlights),
    }),
    languages.registerRenameProvider(MANIFESTS, {
      prepareRename: async (document, at, token) => {
        const found = await ask('textDocument/prepareRename', place(document, at), token, told => told)
        if (!found) throw new Error('There is no name of an image, project or service here.')
        return found.placeholder === undefined
          ? translation.range(found) : {range: translation.range(found.range), placeholder: found.placeholder}
      },
      // What the server says of a name that cannot be given is shown as it is.
      provideRenameEdits: async (document, at, newName, token) => {
        if (!connection?.isReady) return undefined
        return translation.workspaceEdit(
          await connection.request('textDocument/rename', {...place(document, at), newName}, token))
      },
    }),
    languages.registerCodeActionsProvider(MANIFESTS, {
      provideCodeActions: (document, range, context, token) => ask('textDocument/codeAction', {
        textDocument: {uri: document.uri.toString()},
        range: translation.there.range(range),
        context: {diagnostics: context.diagnostics.map(found => found.told).filter(Boolean)},
      }, token, translation.actions),
    }, {providedCodeActionKinds: [vscode.CodeActionKind.QuickFix]}),
    languages.registerDocumentSymbolProvider(MANIFESTS, {
      provideDocumentSymbols: (document, token) =>
        ask('textDocument/documentSymbol', {textDocument: {uri: document.uri.toString()}}, token, translation.symbols),
    }))
  start()
}

async function deactivate() {
  const old = connection
  connection = undefined
  await old?.close()
}

module.exports = {activate, deactivate}
