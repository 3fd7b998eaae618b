// A stand-in for VS Code, as much of it as the extension uses: the extension is activated in it over real `bayplan lsp`.
//
// usage: node vscode-host.js EXTENSION PROGRAM MANIFEST
'use strict'

const assert = require('assert')
const fs = require('fs')
const Module = require('module')
const path = require('path')
const {pathToFileURL} = require('url')

const [extension, program, manifest] = process.argv.slice(2)
const handlers = {}
const providers = {}
const commands = {}
const shown = []
const published = new Map()
const settings = {path: program, root: ''}

class Position { constructor(line, character) { Object.assign(this, {line, character}) } }
class Range { constructor(start, end) { Object.assign(this, {start, end}) } }
class Holder { constructor(...words) { this.words = words } }
class Diagnostic { constructor(range, message, severity) { Object.assign(this, {range, message, severity}) } }
class CompletionItem { constructor(label, kind) { Object.assign(this, {label, kind}) } }
class CodeAction { constructor(title, kind) { Object.assign(this, {title, kind}) } }
class WorkspaceEdit { constructor() { this.files = new Map() } set(uri, edits) { this.files.set(uri.toString(), edits) } }
class TextEdit { constructor(range, newText) { Object.assign(this, {range, newText}) } }
class DocumentSymbol { constructor(name, detail, kind, range) { Object.assign(this, {name, detail, kind, range}) } }
class Location { constructor(uri, range) { Object.assign(this, {uri, range}) } }
class CompletionList { constructor(items, isIncomplete) { Object.assign(this, {items, isIncomplete}) } }

const on = name => handler => { handlers[name] = handler; return {dispose() {}} }
const provides = name => (selector, provider) => { providers[name] = provider; return {dispose() {}} }
const uri = text => ({toString: () => text, scheme: 'file', fsPath: decodeURIComponent(new URL(text).pathname)})

class Document {
  constructor(file, languageId) {
    this.text = fs.readFileSync(file, 'utf8')
    Object.assign(this, {uri: uri(pathToFileURL(file).href), languageId, version: 1})
  }
  getText() { return this.text }
  position(word, nth = 0) {
    let place = -1
    for (let number = 0; number <= nth; number++) place = this.text.indexOf(word, place + 1)
    assert.ok(place >= 0, `${word} is not there`)
    const before = this.text.slice(0, place).split('\n')
    return new Position(before.length - 1, before.at(-1).length + 1)
  }
  replace(word, text) {
    const start = this.position(word)
    start.character -= 1
    const end = new Position(start.line, start.character + word.length)
    this.text = this.text.replace(word, text)
    this.version += 1
    handlers.change({document: this, contentChanges: [{range: new Range(start, end), text}]})
  }
}

const documents = [new Document(manifest, 'yaml')]
const vscode = {
  Position, Range, Diagnostic, CompletionItem, CompletionList, CodeAction, WorkspaceEdit, TextEdit, DocumentSymbol, Location,
  DiagnosticRelatedInformation: Holder, MarkdownString: class { constructor(value) { this.value = value } },
  SnippetString: Holder, Hover: Holder, DocumentHighlight: Holder, CodeActionKind: {QuickFix: 'quickfix'},
  Uri: {parse: uri},
  commands: {registerCommand: (name, run) => { commands[name] = run; return {dispose() {}} }},
  window: {
    createOutputChannel: () => ({append() {}, appendLine() {}, dispose() {}}),
    showErrorMessage: text => shown.push(text),
  },
  workspace: {
    textDocuments: documents,
    workspaceFolders: [{uri: uri(pathToFileURL(path.dirname(manifest)).href)}],
    getConfiguration: () => ({get: name => settings[name]}),
    onDidChangeConfiguration: on('configuration'), onDidOpenTextDocument: on('open'), onDidCloseTextDocument: on('close'),
    onDidChangeTextDocument: on('change'), onDidSaveTextDocument: on('save'),
  },
  languages: {
    match: (selector, document) => selector.some(one => one.language === document.languageId) ? 10 : 0,
    createDiagnosticCollection: () => ({
      set: (file, found) => published.set(file.toString(), found), clear: () => published.clear(), dispose() {},
    }),
    registerCompletionItemProvider: provides('completion'), registerHoverProvider: provides('hover'),
    registerDefinitionProvider: provides('definition'), registerReferenceProvider: provides('references'),
    registerDocumentHighlightProvider: provides('highlight'), registerRenameProvider: provides('rename'),
    registerCodeActionsProvider: provides('actions'), registerDocumentSymbolProvider: provides('symbols'),
  },
}
const load = Module._load
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest))

async function until(what, condition) {
  // A minute and more: a machine that is busy must not decide the test.
  for (let turn = 0; turn < 12000; turn++) {
    const found = condition()
    if (found) return found
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  throw new Error(`it never happens: ${what}`)
}

const token = {onCancellationRequested: () => ({dispose() {}})}

async function features(document) {
  const code = found => found.code.value ?? found.code
  // Notes of style are of no interest here.
  const codes = () => (published.get(document.uri.toString()) ?? []).filter(found => found.severity === 0).map(code)
  await until('no findings', () => published.has(document.uri.toString()))
  assert.deepStrictEqual(codes(), [])
  document.replace('owner: trading', 'owner: tradng')
  await until('the finding of a typo', () => codes().includes('BP202'))
  const found = published.get(document.uri.toString()).find(one => code(one) === 'BP202')
  assert.strictEqual(found.severity, 0)
  const offered = await providers.actions.provideCodeActions(document, found.range, {diagnostics: [found]}, token)
  const repair = offered.find(one => one.edit?.files.get(document.uri.toString())?.some(edit => edit.newText.includes('trading')))
  assert.ok(repair && repair.kind === 'quickfix', `no repair among ${JSON.stringify(offered)}`)
  document.replace('owner: tradng', 'owner: trading')
  await until('the finding gone', () => codes().length === 0)

  const image = document.position('trading-api', 1)
  const hover = await providers.hover.provideHover(document, image, token)
  assert.ok(hover.words[0].some(part => part.value.includes('trading-api')), JSON.stringify(hover))
  const places = await providers.references.provideReferences(document, image, {includeDeclaration: true}, token)
  assert.ok(places.length > 1 && places.every(one => one instanceof Location), JSON.stringify(places))
  const definitions = await providers.definition.provideDefinition(document, image, token)
  assert.ok(definitions.length > 0 && definitions.every(one => one instanceof Location), JSON.stringify(definitions))
  assert.ok((await providers.highlight.provideDocumentHighlights(document, image, token)).length > 1)
  assert.ok(await providers.rename.prepareRename(document, image, token))
  const edits = await providers.rename.provideRenameEdits(document, image, 'other-api', token)
  assert.ok(edits.files.get(document.uri.toString()).some(edit => edit.newText.includes('other-api')))
  await assert.rejects(providers.rename.prepareRename(document, new Position(0, 0), token), /no name/)
  const outline = await providers.symbols.provideDocumentSymbols(document, token)
  assert.ok(outline.some(one => one.name === 'images' && one.children.length > 1), JSON.stringify(outline))
  document.replace('owner: trading', 'owner: ')
  const value = document.position('owner: ')
  const end = new Position(value.line, value.character - 1 + 'owner: '.length)
  const completed = await providers.completion.provideCompletionItems(document, end, token)
  assert.ok(completed.items.some(one => one.label === 'trading'), JSON.stringify(completed.items.map(one => one.label)))
  document.replace('owner: ', 'owner: trading')
}

async function main() {
  const {activate, deactivate} = require(path.join(extension, 'extension.js'))
  const context = {subscriptions: []}
  activate(context)
  await features(documents[0])
  // Another program's file is not judged, and what the server says of it goes when it is closed.
  const other = new Document(path.join(path.dirname(manifest), 'other.yaml'), 'yaml')
  handlers.open(other)
  handlers.save(other)
  handlers.close(other)
  // Started again, by hand, and by itself when it is gone.
  published.clear()
  await commands['bayplan.restart']()
  await until('findings after a restart', () => published.size > 0)
  settings.path = path.join(path.dirname(manifest), 'nowhere')
  handlers.configuration({affectsConfiguration: () => true})
  await until('a message', () => shown.length === 1)
  assert.ok(shown[0].includes('there is no program') && shown[0].includes('bayplan.path'), shown[0])
  // A program that is no language server is given up, with a word.
  settings.path = '/bin/true'
  await commands['bayplan.restart']()
  await until('a second message', () => shown.length === 2)
  settings.path = path.join(path.dirname(manifest), 'talks')
  await commands['bayplan.restart']()
  await until('a third message', () => shown.length === 3)
  assert.ok(shown[2].includes('does not speak'), shown[2])
  settings.path = program
  await commands['bayplan.restart']()
  await until('findings again', () => published.size > 0)
  await deactivate()
  assert.strictEqual(shown.length, 3, shown.join('\n'))
  console.log('vscode: every feature answered')
}

main().catch(error => { console.error(error); process.exit(1) })
