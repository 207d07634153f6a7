import { ask, call, calls, type Scenario, say } from '../scenario.js'

const payments = { project: 'payments-api', seen: 'from the start' } as const
const checkout = { ...payments, group: 'checkout-rewrite' } as const

export const paymentsScenarios: readonly Scenario[] = [
  {
    ...checkout,
    title: 'Customers charged twice when the card network times out',
    by: 'tomas',
    agent: 'coder',
    model: 'claude-opus-4-5',
    daysAgo: 9,
    labels: { team: ['payments'], env: ['prod'], ticket: ['PAY-1418'], severity: ['sev2'] },
    pinnedBy: ['tomas', 'maya', 'jonas'],
    turns: [
      ask(
        'Support has 14 customers with two identical charges since Friday. All of them saw a spinner for 30 seconds first. Find out how one click becomes two charges.',
      ),
      calls(
        'Thirty seconds is the gateway timeout, so I look at what happens after it.',
        [
          'search',
          { pattern: 'gatewayTimeout|retryCharge', path: 'services/payments' },
          'charge-card.ts:61: if (isTimeout(error)) return retryCharge(order)\ncharge-card.ts:88: export async function retryCharge(order: Order)\nconfig.ts:12: gatewayTimeoutMs: 30_000',
        ],
        [
          'read_file',
          { path: 'services/payments/charge-card.ts', lines: '55-110' },
          'async function chargeCard(order) {\n  const key = randomUUID()\n  try {\n    return await gateway.charge({ amount: order.total, token: order.card, idempotencyKey: key })\n  } catch (error) {\n    if (isTimeout(error)) return retryCharge(order)\n    throw error\n  }\n}\n\nexport async function retryCharge(order) {\n  return chargeCard(order)\n}',
        ],
      ),
      say(
        'Found it. `chargeCard` makes a new idempotency key on every attempt, and a timeout does not mean that the charge failed. So the retry is a second, valid charge. The key has to belong to the order and not to the attempt.',
      ),
      ask('Fix it, and write the test that would have caught this.'),
      call(
        'edit_file',
        {
          path: 'services/payments/charge-card.ts',
          change: "const key = 'charge:' + order.id",
        },
        '1 replacement',
      ),
      call(
        'write_file',
        {
          path: 'services/payments/charge-card.test.ts',
          content:
            "test('a charge that timed out but went through is not charged again', async () => {\n  const gateway = fakeGateway({ timeOutAfterCharging: 1 })\n  await chargeCard(order, gateway)\n  expect(gateway.settledCharges).toHaveLength(1)\n})",
        },
        '9 lines written',
      ),
      call(
        'run',
        { command: 'npm test -w services/payments -- charge-card' },
        ' ✓ charge-card.test.ts (12 tests) 184ms\n Tests  12 passed (12)',
      ),
      say(
        'The key now derives from the order, and the new test fails on the old code with two settled charges. I did not touch the refund path; `refund.ts:40` has the same pattern and deserves its own ticket.',
      ),
      ask('Good catch on refunds. I opened PAY-1421.'),
      say(
        'Then this one is complete: one file, one test, no migration. The 14 affected orders can be found with `count(*) > 1` per order in `charges` since Friday.',
      ),
    ],
  },
  {
    ...checkout,
    title: 'Refunds: derive the idempotency key from the refund row',
    by: 'tomas',
    agent: 'coder',
    model: 'claude-sonnet-4-5',
    daysAgo: 8.1,
    labels: { team: ['payments'], env: ['prod'], ticket: ['PAY-1421'] },
    turns: [
      ask('Same defect as PAY-1418, in refund.ts. Small diff please.'),
      call(
        'read_file',
        { path: 'services/payments/refund.ts', lines: '30-58' },
        'const key = randomUUID()\nawait gateway.refund({ charge: refund.chargeId, amount: refund.amount, idempotencyKey: key })',
      ),
      call(
        'edit_file',
        { path: 'services/payments/refund.ts', change: "idempotencyKey: 'refund:' + refund.id" },
        '1 replacement',
      ),
      call(
        'run',
        { command: 'npm test -w services/payments -- refund' },
        ' ✓ refund.test.ts (8 tests) 96ms\n Tests  8 passed (8)',
      ),
      say(
        'Done: the key is the refund row, which exists before the gateway is asked. Partial refunds have a row each, so they keep distinct keys.',
      ),
    ],
  },
  {
    ...checkout,
    title: 'Review: checkout saga with outbox',
    by: 'priya',
    agent: 'reviewer',
    model: 'claude-opus-4-5',
    daysAgo: 5.4,
    labels: { team: ['payments'], ticket: ['PAY-1430'], kind: ['review'] },
    turns: [
      ask('Please review PR 2291: it moves checkout to an outbox table. I worry about ordering.'),
      call('read_diff', { pullRequest: 2291 }, '14 files changed, 612 insertions(+), 233 deletions(-)'),
      call(
        'read_file',
        { path: 'services/checkout/outbox-relay.ts' },
        "const batch = await db.query('select * from outbox where sent_at is null order by created_at limit 100')\nfor (const event of batch) { await bus.publish(event); await db.query('update outbox set sent_at = now() where id = $1', [event.id]) }",
      ),
      say(
        'Two defects and one question.\n\n1. `outbox-relay.ts:14` orders by `created_at`, which is the start of the transaction. A long transaction commits after a later one and its events come out late. Order by a sequence that is taken at commit, or publish by key only.\n2. Two relays run during a deploy, and nothing locks the batch: every event is published twice for about 40 seconds. `for update skip locked` fixes it.\n3. Is there a consumer that relies on order across customers? If not, partition by customer and the first point becomes harmless.',
      ),
      ask('No such consumer. Partitioning by customer then, plus skip locked.'),
      say(
        'Agreed. With both, I have no further objections; please add a test with two relays against one table.',
      ),
    ],
  },
  {
    ...payments,
    title: 'Why did the EUR settlement report lose 3 cents?',
    by: 'priya',
    agent: 'data-analyst',
    model: 'gpt-5',
    daysAgo: 12.6,
    labels: { team: ['payments', 'finance'], env: ['prod'], ticket: ['FIN-207'] },
    turns: [
      ask(
        'Finance says the settlement of the 3rd is 3 cents below the sum of its charges. Where did they go?',
      ),
      call(
        'query',
        {
          sql: "select sum(amount_cents), sum(round(amount_cents * fx_rate)) from charges where settled_on = '2026-03-03' and currency <> 'EUR'",
        },
        'sum | round\n918233410 | 844120097',
      ),
      call(
        'query',
        {
          sql: "select round(sum(amount_cents * fx_rate)) from charges where settled_on = '2026-03-03' and currency <> 'EUR'",
        },
        'round\n844120100',
      ),
      say(
        'The report rounds every charge, the bank rounds the sum. Rounding 41,207 charges one by one lost 3 cents that day. The number to quote: over the quarter the difference is 0.41 EUR, in both directions. Sum first, round once, and the report agrees with the bank on every day I checked (all 62).',
      ),
    ],
  },
  {
    ...payments,
    title: 'Draft: webhook signature rotation without downtime',
    by: 'tomas',
    seen: undefined,
    agent: 'coder',
    model: 'claude-sonnet-4-5',
    daysAgo: 0.9,
    labels: { team: ['payments'], ticket: ['PAY-1440'] },
    pinnedBy: ['tomas'],
    turns: [
      ask(
        'We have to rotate the webhook signing secret and some merchants verify strictly. Sketch a rollout.',
      ),
      say(
        'Send two signatures in one header for the overlap, `v1=old,v1=new`. Verifiers that take any match keep working; strict ones that compare the whole header break, so first find them: 31 of 1,204 merchants answered 4xx to the canary with two signatures. Give those a per-merchant switch, rotate the rest on Monday, and retire the old secret when the last switch is off.',
      ),
      ask('Write the canary query and the switch.'),
      call(
        'write_file',
        {
          path: 'services/webhooks/signature.ts',
          content:
            'export function signatures(body: string, merchant: Merchant): string {\n  const secrets = merchant.strictVerifier ? [merchant.secret] : [merchant.secret, merchant.nextSecret]\n  return secrets.filter(Boolean).map((secret) => "v1=" + hmac(secret, body)).join(",")\n}',
        },
        '4 lines written',
      ),
      say('`signatures` is in place and unused so far. Not done: the admin page for the switch.'),
    ],
  },
  {
    ...payments,
    title: 'Load test of /charges before the spring sale',
    by: 'maya',
    agent: 'on-call',
    model: 'gpt-5',
    daysAgo: 17.2,
    labels: { team: ['payments', 'platform'], env: ['staging'], kind: ['load-test'] },
    frozen: 'user',
    turns: [
      ask(
        'Run the spring-sale profile against staging: 900 charges a second for ten minutes. Tell me what gives first.',
      ),
      call(
        'run',
        { command: 'k6 run --vus 600 --duration 10m profiles/spring-sale.js' },
        'http_req_duration..: avg=212ms p(95)=841ms p(99)=2.9s\nhttp_req_failed....: 0.42%\niterations.........: 498112  829.9/s',
      ),
      call(
        'metrics',
        { query: 'pg_stat_activity_count{state="idle in transaction"}', range: '10m' },
        'max 74 at minute 6, baseline 3',
      ),
      say(
        'The pool gives first: at minute 6 there are 74 connections idle in transaction, all in `reserve_stock`, which waits for the fraud service inside its transaction. CPU never passes 48 %. Moving that call before `begin` should bring p99 below a second; more replicas would not.',
      ),
      ask('Keep this as the record for the capacity review.'),
      say('Then freeze the session; the raw k6 output is at `s3://acme-perf/spring-sale/run-07`.'),
    ],
  },
  {
    ...payments,
    project: undefined,
    title: null,
    by: 'tomas',
    seen: undefined,
    agent: null,
    model: 'gpt-5-mini',
    daysAgo: 3.3,
    turns: [
      ask('What is the ISO 4217 code of the Chilean unit of account, and does it have decimals?'),
      say(
        'CLF, Unidad de Fomento, with 4 decimals. That is one of the few codes where a two-decimal assumption overflows silently.',
      ),
    ],
  },
]
