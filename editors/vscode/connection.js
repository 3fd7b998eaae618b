// JSON-RPC over a child's standard streams, as language servers speak it.
'use strict'

const {spawn} = require('child_process')

/** What a server may say at once, in bytes: beyond this it is not one. */
const LONGEST = 64 * 1024 * 1024

/** A server that was started, and the messages to and from it. */
class Connection {
  /**
   * @param {string} program the program; it is run without a shell
   * @param {string[]} words its arguments
   * @param {string | undefined} folder its working folder
   * @param {{notified: Function, ended: Function, logged: Function}} listener what is told of notifications, of its end
   *   and of what it prints on standard error
   */
  constructor(program, words, folder, listener) {
    this.listener = listener
    this.waiting = new Map()
    this.number = 0
    // What came and is not a whole message yet, and the bytes that are needed for the next one.
    this.pieces = []
    this.length = 0
    this.needed = 0
    this.isOver = false
    // Set once the server has answered to `initialize`; before that it is told nothing else.
    this.isReady = false
    this.child = spawn(program, words, {cwd: folder, stdio: ['pipe', 'pipe', 'pipe']})
    this.child.on('error', error => this.end(error))
    this.child.on('close', (status, signal) => this.end(undefined, status ?? signal))
    this.child.stdin.on('error', () => {})
    this.child.stdout.on('data', bytes => this.received(bytes))
    this.child.stderr.on('data', bytes => listener.logged(String(bytes)))
  }

  send(message) {
    if (this.isOver) return
    const body = Buffer.from(JSON.stringify({jsonrpc: '2.0', ...message}))
    this.child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
  }

  notify(method, params) {
    this.send({method, params})
  }

  /** The result of a request; rejected with the server's error, or when the server ends. */
  request(method, params, token) {
    const id = ++this.number
    return new Promise((resolve, reject) => {
      if (this.isOver) return reject(new Error('the language server is not running'))
      const stops = token && token.onCancellationRequested(() => this.notify('$/cancelRequest', {id}))
      this.waiting.set(id, {resolve, reject, stops})
      this.send({id, method, params})
    })
  }

  received(bytes) {
    this.pieces.push(bytes)
    this.length += bytes.length
    if (this.length < this.needed) return
    let data = Buffer.concat(this.pieces)
    this.needed = 0
    for (;;) {
      const head = data.indexOf('\r\n\r\n')
      const length = Number(/content-length: *(\d+)/i.exec(data.toString('latin1', 0, Math.max(head, 0)))?.[1] ?? NaN)
      if (head < 0 ? data.length > 4096 : !(length <= LONGEST)) {
        return this.end(new Error('the program does not speak as a language server'))
      }
      if (head < 0) break
      this.needed = head + 4 + length
      if (data.length < this.needed) break
      const body = data.toString('utf8', head + 4, this.needed)
      data = data.subarray(this.needed)
      this.needed = 0
      try {
        this.took(JSON.parse(body))
      } catch (error) {
        return this.end(error)
      }
    }
    this.pieces = [data]
    this.length = data.length
  }

  took(message) {
    if (message.method === undefined) {
      const asked = this.waiting.get(message.id)
      this.waiting.delete(message.id)
      asked?.stops?.dispose()
      if (message.error) asked?.reject(new Error(message.error.message))
      else asked?.resolve(message.result)
    } else if (message.id !== undefined) {
      this.send({id: message.id, error: {code: -32601, message: `there is no method ${message.method}`}})
    } else {
      this.listener.notified(message.method, message.params)
    }
  }

  /** Everything that waits is told that the server is gone; later calls do nothing. */
  end(error, status) {
    if (this.isOver) return
    this.isOver = true
    this.child.kill()
    for (const asked of this.waiting.values()) {
      asked.stops?.dispose()
      asked.reject(error ?? new Error('the language server has ended'))
    }
    this.waiting.clear()
    this.listener.ended(error, status)
  }

  /** Ends the server as the protocol asks for it; one that does not answer is ended after two seconds. */
  async close() {
    const patience = setTimeout(() => this.end(), 2000)
    try {
      await this.request('shutdown', null)
      this.notify('exit', null)
    } catch {
      // It is gone already.
    }
    clearTimeout(patience)
    setTimeout(() => this.end(), 2000).unref()
  }
}

module.exports = {Connection}
