// A tool of xAPI as any other: it is given an endpoint, a name, a secret and a learner, and pages through statements.
'use strict';

const XAPI = require('@xapi/xapi').default;

const [endpoint, name, secret, learner, verb] = process.argv.slice(2);
const agent = { objectType: 'Agent', account: { homePage: 'urn:learning-ledger:learner', name: learner } };
const xapi = new XAPI({ endpoint, auth: XAPI.toBasicAuth(name, secret), version: '1.0.3' });

(async () => {
  let { data } = await xapi.getStatements({ agent, verb, limit: 2 });
  const ids = data.statements.map((statement) => statement.id);
  while (data.more) {
    ({ data } = await xapi.getMoreStatements({ more: data.more }));
    ids.push(...data.statements.map((statement) => statement.id));
  }
  console.log(ids.join('\n'));
})().catch((error) => {
  console.error(error.response ? JSON.stringify(error.response.data) : error);
  process.exit(1);
});
