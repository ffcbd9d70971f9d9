'use strict';

// Drives the public API of a node over TLS. Arguments: HOST:PORT, SHA-256 of the node's TLS key, chain id (hexadecimal).
// Prints one line for each thing that holds.
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const tls = require('node:tls');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, pin, chainId] = process.argv.slice(2);
const definition = loader.loadSync(['api.proto', 'box_api.proto'], {
  includeDirs: [__dirname], keepCase: true, defaults: true, longs: Number, enums: String,
});
const { LedgerNode, SecureBox } = grpc.loadPackageDefinition(definition).ledger.api.v1;
const { status } = grpc;

// The node's certificate is its own: it is taken only with the key that the pin names, and no name in it counts.
const certificate = () => new Promise((resolve, reject) => {
  const [host, port] = address.split(':');
  const socket = tls.connect({ host, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ['h2'] }, () => {
    const seen = new crypto.X509Certificate(socket.getPeerCertificate().raw);
    const key = crypto.createHash('sha256').update(seen.publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
    socket.destroy();
    assert.equal(key, pin);
    resolve(Buffer.from(seen.toString()));
  });
  socket.on('error', reject);
});

let node;
let box;

const call = (client, method, request, options = {}, metadata = new grpc.Metadata()) => new Promise((resolve) => {
  client[method](request, metadata, options, (error, answer) => resolve({ error, answer }));
});

const seconds = (count) => ({ deadline: Date.now() + count * 1000 });

const checks = {
  async 'status'() {
    const { error, answer } = await call(node, 'GetStatus', {});
    assert.equal(error, null);
    assert.equal(answer.chain_id.toString('hex'), chainId);
    assert.equal(answer.validators, 4);
  },

  async 'challenge'() {
    const { answer } = await call(node, 'GetChallenge', {});
    assert.equal(answer.challenge.length, 40);
    assert.equal(answer.chain_id.toString('hex'), chainId);
  },

  async 'genesis'() {
    const { answer } = await call(node, 'GetGenesis', {});
    assert.ok(answer.genesis.length > 0);
  },

  async 'blocks as they are decided'() {
    const stream = node.WatchBlocks({ from_height: 1 });
    const seen = [];
    const ended = new Promise((resolve) => { stream.on('error', resolve); });
    stream.on('data', (block) => {
      seen.push(block);
      if (seen.length === 3) {
        stream.cancel();
      }
    });
    assert.equal((await ended).code, status.CANCELLED);
    assert.equal(seen.length, 3);
    for (const block of seen) {
      assert.ok(block.header.length > 0 && block.block_hash.length === 32 && block.certificate.votes.length >= 3);
    }
  },

  async 'a stream ends at its deadline'() {
    const stream = node.WatchBlocks({ from_height: 1 }, seconds(1));
    stream.on('data', () => {});
    const error = await new Promise((resolve) => { stream.on('error', resolve); });
    assert.equal(error.code, status.DEADLINE_EXCEEDED);
  },

  async 'a malformed transaction is refused by name'() {
    const { error } = await call(node, 'Submit', { transaction: Buffer.from('no transaction') });
    assert.equal(error.code, status.FAILED_PRECONDITION);
    assert.match(error.details, /^NOT_CANONICAL: /);
  },

  async 'a stream of submissions answers each'() {
    const stream = node.SubmitStream(seconds(20));
    const outcomes = [];
    stream.on('data', (outcome) => outcomes.push(outcome));
    const ended = new Promise((resolve, reject) => { stream.on('end', resolve).on('error', reject); });
    stream.write({ transaction: Buffer.from('one') });
    stream.write({ transaction: Buffer.alloc(300 * 1024) });
    stream.end();
    await ended;
    assert.deepEqual(outcomes.map((outcome) => outcome.refusal), ['NOT_CANONICAL', 'OVERSIZED']);
    assert.ok(outcomes.every((outcome) => outcome.state === 'OUTCOME_STATE_REFUSED'));
  },

  async 'many submissions are summed up'() {
    const { answer } = await new Promise((resolve) => {
      const stream = node.SubmitAll(seconds(20), (error, summary) => resolve({ error, answer: summary }));
      stream.write({ transaction: Buffer.from('one') });
      stream.write({ transaction: Buffer.from('two') });
      stream.end();
    });
    assert.equal(answer.admitted, 0);
    assert.equal(answer.refused.length, 2);
  },

  async 'a block is told to anybody, but not its transactions'() {
    const { answer } = await call(node, 'GetBlock', { height: 1 });
    assert.ok(answer.header.length > 0);
    assert.ok(Number(answer.transaction_count) > 0);
    assert.equal(answer.transaction_ids.length, 0);
  },

  async 'a malformed box request is an invalid argument'() {
    const { error } = await call(box, 'Read', { body: Buffer.from('x'), signature: Buffer.alloc(64) });
    assert.equal(error.code, status.INVALID_ARGUMENT);
    assert.match(error.details, /^body: /);
  },

  async 'what is not there is not found'() {
    const { error } = await call(node, 'GetBlock', { height: 999999 });
    assert.equal(error.code, status.NOT_FOUND);
  },

  async 'without a proof of the caller'() {
    for (const [method, request] of [
      ['ListInstitutions', {}], ['GetInstitution', { address: Buffer.alloc(32) }],
      ['GetOutcome', { transaction_id: Buffer.alloc(32) }], ['GetLearner', { address: Buffer.alloc(32) }], ['GetBlock', { height: 1, with_transactions: true }],
    ]) {
      assert.equal((await call(node, method, request)).error.code, status.UNAUTHENTICATED);
    }
  },

  async 'with a proof that is none'() {
    const metadata = new grpc.Metadata();
    metadata.set('ledger-caller-bin', crypto.randomBytes(100));
    const { error } = await call(node, 'ListInstitutions', {}, {}, metadata);
    assert.equal(error.code, status.UNAUTHENTICATED);
  },

  async 'an unknown method'() {
    const error = await new Promise((resolve) => {
      node.makeUnaryRequest('/ledger.api.v1.LedgerNode/Other', () => Buffer.alloc(0), (bytes) => bytes, {}, resolve);
    });
    assert.equal(error.code, status.UNIMPLEMENTED);
  },

  async 'a message that is none'() {
    const error = await new Promise((resolve) => {
      node.makeUnaryRequest(
        '/ledger.api.v1.LedgerNode/GetBlock', () => Buffer.from([0x0a, 0xff, 0xff]), (bytes) => bytes, {}, resolve);
    });
    assert.equal(error.code, status.INVALID_ARGUMENT);
  },

  async 'an oversized message'() {
    const { error } = await call(node, 'Submit', { transaction: Buffer.alloc(2 * 1024 * 1024) });
    assert.equal(error.code, status.RESOURCE_EXHAUSTED);
  },

  async 'a deadline that has passed'() {
    const { error } = await call(node, 'GetStatus', {}, { deadline: Date.now() - 1 });
    assert.equal(error.code, status.DEADLINE_EXCEEDED);
  },

  async 'and the node still answers'() {
    assert.equal((await call(node, 'GetStatus', {})).error, null);
  },
};

(async () => {
  const credentials = grpc.credentials.createSsl(await certificate(), null, null, { checkServerIdentity: () => undefined });
  node = new LedgerNode(address, credentials);
  box = new SecureBox(address, credentials);
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
    console.log(`ok ${name}`);
  }
  node.close();
  box.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
