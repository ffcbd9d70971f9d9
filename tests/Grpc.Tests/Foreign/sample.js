'use strict';

// What the client and the server scripts have in common.
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const definition = loader.loadSync(path.join(__dirname, 'sample.proto'), { keepCase: true, defaults: true });
const { Sample } = grpc.loadPackageDefinition(definition).ledger.sample;

const detail = '100 % schön\n改 \u{1F393}';
const lengths = [0, 1, 2, 3, 4, 5];
const bytes = (length) => Buffer.from(Array.from({ length }, (_, i) => 250 + i));

module.exports = { grpc, Sample, detail, lengths, bytes };
