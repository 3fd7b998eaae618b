// What the protocol's words are in VS Code's, and the other way round. Both count characters in UTF-16.
'use strict'

module.exports = vscode => {
  const position = at => new vscode.Position(at.line, at.character)
  const range = from => new vscode.Range(position(from.start), position(from.end))
  const location = from => new vscode.Location(vscode.Uri.parse(from.uri, true), range(from.range))
  const markdown = text => new vscode.MarkdownString(typeof text === 'string' ? text : text.value)
  const many = (found, one) => (found ? [found].flat().map(one) : [])

  const there = {
    position: at => ({line: at.line, character: at.character}),
    range: from => ({start: there.position(from.start), end: there.position(from.end)}),
    place: (document, at) => ({textDocument: {uri: document.uri.toString()}, position: there.position(at)}),
  }

  function diagnostic(told) {
    const made = new vscode.Diagnostic(range(told.range), told.message, (told.severity ?? 1) - 1)
    made.source = told.source
    made.code = told.codeDescription
      ? {value: told.code, target: vscode.Uri.parse(told.codeDescription.href, true)}
      : told.code
    made.tags = told.tags
    made.relatedInformation = told.relatedInformation?.map(
      other => new vscode.DiagnosticRelatedInformation(location(other.location), other.message))
    // What a repair is asked for with.
    made.told = told
    return made
  }

  function completion(told) {
    const made = new vscode.CompletionItem(told.label, told.kind === undefined ? undefined : told.kind - 1)
    made.detail = told.detail
    made.documentation = told.documentation && markdown(told.documentation)
    made.sortText = told.sortText
    made.filterText = told.filterText
    made.tags = told.tags
    made.preselect = told.preselect
    const text = told.textEdit?.newText ?? told.insertText ?? told.label
    made.insertText = told.insertTextFormat === 2 ? new vscode.SnippetString(text) : text
    made.range = told.textEdit && range(told.textEdit.range)
    made.additionalTextEdits = told.additionalTextEdits?.map(edit => new vscode.TextEdit(range(edit.range), edit.newText))
    return made
  }

  function workspaceEdit(told) {
    const made = new vscode.WorkspaceEdit()
    const files = told.documentChanges?.map(entry => [entry.textDocument.uri, entry.edits]) ?? Object.entries(told.changes ?? {})
    for (const [uri, edits] of files) {
      made.set(vscode.Uri.parse(uri, true), edits.map(edit => new vscode.TextEdit(range(edit.range), edit.newText)))
    }
    return made
  }

  function symbol(told) {
    const made = new vscode.DocumentSymbol(
      told.name, told.detail ?? '', told.kind - 1, range(told.range), range(told.selectionRange))
    made.children = (told.children ?? []).map(symbol)
    return made
  }

  function action(told) {
    const made = new vscode.CodeAction(told.title, vscode.CodeActionKind.QuickFix)
    made.edit = told.edit && workspaceEdit(told.edit)
    made.isPreferred = told.isPreferred
    return made
  }

  return {
    there, range, diagnostic, workspaceEdit,
    diagnostics: found => many(found, diagnostic),
    completions: found => found && new vscode.CompletionList(many(found.items ?? found, completion), found.isIncomplete),
    hover: found => found && new vscode.Hover(many(found.contents, markdown), found.range && range(found.range)),
    locations: found => many(found, location),
    highlights: found => many(found, one => new vscode.DocumentHighlight(range(one.range), (one.kind ?? 1) - 1)),
    symbols: found => many(found, symbol),
    actions: found => many(found, action),
  }
}
