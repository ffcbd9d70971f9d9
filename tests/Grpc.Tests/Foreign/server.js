'use strict';

// Serves the sample service on a free port of the loopback address until its input ends. Prints the port, and later
// a line for each cancelled call.
const { grpc, Sample, detail } = require('./sample.js');

const handlers = {
  Single(call, reply) {
    const { text, number } = call.request;
    if (text === 'wait') {
      call.on('cancelled', () => console.log('cancelled'));
      return;
    }
    const trailers = new grpc.Metadata();
    if (text === 'fail') {
      trailers.set('reason', 'wanted');
      reply({ code: number, details: detail, metadata: trailers });
      return;
    }
    const headers = new grpc.Metadata();
    for (const value of call.metadata.get('x-bin')) {
      headers.add('x-bin', value);
      trailers.add('x-bin', value);
    }
    call.sendMetadata(headers);
    reply(null, call.request, trailers);
  },

  Download(call) {
    for (let i = 0; i < call.request.number; i++) {
      call.write({ number: i });
    }
    call.end();
  },

  Upload(call, reply) {
    let sum = 0;
    call.on('data', (note) => { sum += note.number; });
    call.on('end', () => reply(null, { number: sum }));
  },

  Talk(call) {
    call.on('cancelled', () => console.log('cancelled'));
    call.on('data', (note) => call.write(note));
    call.on('end', () => call.end());
  },
};

const server = new grpc.Server();
server.addService(Sample.service, handlers);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(port);
});
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
