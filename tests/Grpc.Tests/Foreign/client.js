'use strict';

// Drives a server of the sample service. Arguments: host:port. Prints one line for each thing that holds.
const assert = require('node:assert/strict');
const { grpc, Sample, detail, lengths, bytes } = require('./sample.js');

const client = new Sample(process.argv[2], grpc.credentials.createInsecure());

const single = (note, metadata = new grpc.Metadata(), options = {}) => new Promise((resolve) => {
  const seen = {};
  const call = client.Single(note, metadata, options, (error, answer) => {
    Object.assign(seen, { error, answer });
  });
  call.on('metadata', (headers) => { seen.headers = headers; });
  call.on('status', (status) => resolve({ ...seen, status }));
  seen.call = call;
});

const collect = async (stream) => {
  const numbers = [];
  for await (const note of stream) {
    numbers.push(note.number);
  }
  return numbers;
};

const checks = {
  async unary() {
    const { answer } = await single({ number: 3, text: 'echo ü' });
    assert.equal(answer.number, 3);
    assert.equal(answer.text, 'echo ü');
  },

  async 'binary metadata'() {
    for (const length of lengths) {
      const metadata = new grpc.Metadata();
      metadata.set('x-bin', bytes(length));
      metadata.set('x-text', 'plain');
      const { headers, status } = await single({ text: 'echo' }, metadata);
      assert.deepEqual(headers.get('x-bin'), [bytes(length)]);
      assert.deepEqual(status.metadata.get('x-bin'), [bytes(length)]);
      assert.deepEqual(headers.get('x-text'), ['plain']);
    }
  },

  async 'error statuses'() {
    for (let code = 1; code <= 16; code++) {
      const { error, status } = await single({ number: code, text: 'fail' });
      assert.equal(error.code, code);
      assert.equal(error.details, detail);
      assert.deepEqual(status.metadata.get('reason'), ['wanted']);
    }
  },

  async 'server stream'() {
    assert.deepEqual(await collect(client.Download({ number: 100 })), Array.from({ length: 100 }, (_, i) => i));
    assert.deepEqual(await collect(client.Download({ number: 0 })), []);
  },

  async 'client stream'() {
    for (const count of [0, 100]) {
      const sum = await new Promise((resolve, reject) => {
        const call = client.Upload((error, answer) => (error ? reject(error) : resolve(answer.number)));
        for (let i = 0; i < count; i++) {
          call.write({ number: i });
        }
        call.end();
      });
      assert.equal(sum, Math.max(0, (count * (count - 1)) / 2));
    }
  },

  async 'duplex turn by turn'() {
    const call = client.Talk();
    const answers = call[Symbol.asyncIterator]();
    for (let i = 0; i < 10; i++) {
      call.write({ number: i });
      assert.equal((await answers.next()).value.number, i);
    }
    call.end();
    assert.equal((await answers.next()).done, true);
  },

  async 'large message'() {
    const payload = Buffer.alloc(3 * 1024 * 1024, 7);
    const { answer } = await single({ text: 'echo', payload });
    assert.ok(answer.payload.equals(payload));
  },

  async deadline() {
    const { error } = await single({ text: 'wait' }, new grpc.Metadata(), { deadline: Date.now() + 200 });
    assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
  },

  async cancellation() {
    const call = client.Talk();
    const ended = new Promise((resolve) => { call.on('error', resolve); });
    call.on('data', () => call.cancel());
    call.write({ text: 'hold' });
    assert.equal((await ended).code, grpc.status.CANCELLED);
  },

  async 'unknown method'() {
    const error = await new Promise((resolve) => {
      client.makeUnaryRequest('/ledger.sample.Sample/Other', () => Buffer.alloc(0), (b) => b, {}, resolve);
    });
    assert.equal(error.code, grpc.status.UNIMPLEMENTED);
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok ${name}`);
  }
  client.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
