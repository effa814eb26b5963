// What one writes first: decode each request to objects, encode it again, pass it on with the usual libraries; no queue.
// Arguments: protocol, port to listen on, port to send to.
import http from 'node:http'
import grpc from '@grpc/grpc-js'
import { exportPath, Request } from './spans.mjs'

const [protocol, listenPort, sinkPort] = process.argv.slice(2)

/** Decodes to plain objects and encodes those, as a generated client and server do. */
const decode = (bytes) => Request.toObject(Request.decode(bytes), { longs: String })
const encode = (message) => Buffer.from(Request.encode(Request.fromObject(message)).finish())

function forwardGrpc() {
  const definition = {
    Export: {
      path: exportPath,
      requestStream: false,
      responseStream: false,
      requestDeserialize: decode,
      requestSerialize: encode,
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: () => ({}),
    },
  }
  const limits = { 'grpc.max_receive_message_length': 64 * 1024 * 1024 }
  const Client = grpc.makeGenericClientConstructor(definition, 'TraceService')
  const client = new Client(`127.0.0.1:${sinkPort}`, grpc.credentials.createInsecure(), limits)
  const server = new grpc.Server(limits)
  server.addService(definition, { Export: ({ request }, answer) => client.Export(request, answer) })
  server.bindAsync(`127.0.0.1:${listenPort}`, grpc.ServerCredentials.createInsecure(), () => console.log('ready'))
}

function forwardHttp() {
  const agent = new http.Agent({ keepAlive: true })
  const headers = { 'Content-Type': 'application/x-protobuf' }
  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const onward = http.request({
        agent,
        method: 'POST',
        host: '127.0.0.1',
        port: sinkPort,
        path: '/v1/traces',
        headers,
      })
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode, headers)
        answer.pipe(response)
      })
      onward.end(encode(decode(Buffer.concat(chunks))))
    })
  })
  server.listen({ port: listenPort, host: '127.0.0.1' }, () => console.log('ready'))
}

if (protocol === 'grpc') forwardGrpc()
else forwardHttp()
