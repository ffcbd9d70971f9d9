using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Accounting;

/// <summary>What receipts state, and the totals of those who acted (F49).</summary>
[TestFixture]
public sealed class UsageTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin() => ledger = new TestLedger(school, other);

    [Test]
    public void Each_receipt_states_bytes_and_work_and_the_totals_are_their_sum_whatever_the_blocks()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            TestRandom random = new(seed);
            ledger = new TestLedger(school, other);
            TestParty[] learners = [.. Enumerable.Range(0, 4).Select(number => new TestParty($"learner{number}"))];
            SortedDictionary<Address, Usage> expected = [];
            int refused = 0;
            for (int round = 0; round < 12; round++)
            {
                ParsedTransaction[] transactions =
                    [.. Enumerable.Range(0, 1 + random.Below(6)).Select(_ => Any(random, learners))];
                BlockResult block = ledger.Block(transactions);
                refused += block.Receipts.Count(receipt => ResultOf(receipt).Code != ResultCode.Accepted);
                Add(expected, transactions, block);
            }

            Assert.That(refused, Is.GreaterThan(3), "The blocks hold refusals.");
            foreach ((Address actor, Usage total) in expected)
            {
                Assert.That(ledger.State.Usage(actor), Is.EqualTo(total), $"seed {seed}, {actor}");
            }
        }
    }

    [Test]
    public void The_bytes_of_a_transactions_receipts_add_up_to_its_length()
    {
        ParsedTransaction transaction = ledger.Transaction(
            [school, other],
            [Calls.PicCreate(), Calls.Settle()],
            [Calls.Endpoint("https://a.org"), Calls.Settle().By(1)]);
        OperationResult[] results = [.. ledger.Block(transaction).Receipts.Select(ResultOf)];
        Assert.That(results.Sum(result => (long)result.Bytes), Is.EqualTo(transaction.SignedBytes.Length));
        Assert.That(results[1].Bytes, Is.EqualTo(3), "An operation that is not the first bears itself alone.");
    }

    [Test]
    public void The_first_operation_bears_the_signatures()
    {
        OperationResult one = ledger.Do(school, Calls.Settle());
        OperationResult two = ledger.Do(school, Calls.Settle(), other);
        ulong bytes = (two.Bytes / WorkUnits.BytesOfUnit) - (one.Bytes / WorkUnits.BytesOfUnit);
        Assert.That(two.WorkUnits - one.WorkUnits, Is.InRange(WorkUnits.Signature, WorkUnits.Signature + bytes + 1));
    }

    [Test]
    public void An_address_that_the_ledger_does_not_know_leaves_nothing_behind()
    {
        TestParty stranger = new("stranger");
        Hash256 root = ledger.State.Root;
        OperationResult result = ledger.Expect(ResultCode.NotRegistered, stranger, Calls.PicCreate());
        Assert.That(result.WorkUnits, Is.Not.Zero);
        Assert.That(ledger.State.Root, Is.EqualTo(root));
    }

    [Test]
    public void A_learner_is_counted_from_the_block_that_makes_it_known()
    {
        OperationResult result = ledger.Accept(learner, Calls.UicCreate());
        Usage usage = ledger.State.Usage(learner.Address);
        Assert.That(usage.Operations, Is.EqualTo(1));
        Assert.That(usage.Bytes, Is.EqualTo(result.Bytes));
        Assert.That(usage.WorkUnits, Is.EqualTo(result.WorkUnits));
    }

    [Test]
    public void What_an_operation_did_before_it_was_refused_is_work_and_so_is_the_rest_of_its_group()
    {
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        OperationResult[] alone = ledger.Group([school], Calls.PicCreate());
        ulong operationsBefore = ledger.State.Usage(other.Address).Operations;
        OperationResult[] refused = ledger.Group([other], Calls.PicCreate(), Calls.Create(learner), Calls.Settle());
        Assert.That(refused[0].WorkUnits, Is.EqualTo(alone[0].WorkUnits), "It was done, and taken back.");
        Assert.That(refused[2].WorkUnits, Is.EqualTo(WorkUnits.Operation + 1));
        Usage usage = ledger.State.Usage(other.Address);
        Assert.That(usage.Operations - operationsBefore, Is.EqualTo(3));
        Assert.That(usage.Refused, Is.EqualTo(3));
        Assert.That(ledger.State.ProviderIndex(other.Address), Is.Null);
    }

    [Test]
    public void The_day_of_block_time_begins_anew()
    {
        ledger.Accept(school, Calls.Settle());
        Usage first = ledger.State.Usage(school.Address);
        Assert.That(first.Day, Is.EqualTo((ulong)(ledger.TimeMs / 86_400_000)));
        Assert.That(first.DayWorkUnits, Is.EqualTo(first.WorkUnits));
        OperationResult again = ledger.Accept(school, Calls.Settle());
        Assert.That(ledger.State.Usage(school.Address).DayWorkUnits, Is.EqualTo(first.DayWorkUnits + again.WorkUnits));
        ledger.TimeMs += 86_400_000;
        OperationResult next = ledger.Accept(school, Calls.Settle());
        Usage usage = ledger.State.Usage(school.Address);
        Assert.That(usage.Day, Is.EqualTo(first.Day + 1));
        Assert.That(usage.DayWorkUnits, Is.EqualTo(next.WorkUnits));
        Assert.That(usage.Operations, Is.EqualTo(3));
    }

    [Test]
    public void Reading_a_value_twice_is_one_read_and_setting_it_twice_one_write()
    {
        // A settlement reads and sets nothing; a provider index is one value: the actor's institution, the index.
        OperationResult settled = ledger.Do(school, Calls.Settle());
        OperationResult created = ledger.Do(school, Calls.PicCreate());
        ulong more = created.WorkUnits - settled.WorkUnits;
        const ulong done = (2 * WorkUnits.Read) + WorkUnits.Write;
        Assert.That(more, Is.InRange(done, done + 2));
    }

    private ParsedTransaction Any(TestRandom random, TestParty[] learners)
    {
        TestParty one = learners[random.Below(learners.Length)];
        TestParty institution = random.Below(2) == 0 ? school : other;
        return random.Below(8) switch
        {
            0 => ledger.Transaction([one], [Calls.UicCreate()]),
            1 => ledger.Transaction([institution, one], [Calls.Enrol(one, institution)]),
            2 => ledger.Transaction([institution], [Calls.PicCreate()], [Calls.Settle()]),
            3 => ledger.Transaction(
                [institution], [Calls.Create(one), Calls.UicInsert(one), Calls.PicInsert(one)], [Calls.Settle()]),
            4 => ledger.Transaction([institution], [Calls.Insert(one, (ulong)random.Below(30)), Calls.Settle()]),
            5 => ledger.Transaction([one], [Calls.Grant(one, institution, AccessBits.Read)]),
            6 => ledger.Transaction([one], [Calls.Revoke(one, 1 + (ulong)random.Below(3))]),
            _ => ledger.Transaction(
                [one, institution], [Calls.Settle()], [Calls.EndEnrolment(one, institution).By(1), Calls.Settle()]),
        };
    }

    private void Add(SortedDictionary<Address, Usage> expected, ParsedTransaction[] transactions, BlockResult block)
    {
        int place = 0;
        foreach (ParsedTransaction transaction in transactions)
        {
            foreach (Operation operation in transaction.Body.Groups.SelectMany(group => group.Operations))
            {
                OperationResult result = ResultOf(block.Receipts[place++]);
                Assert.That(result.Bytes, Is.Not.Zero);
                Assert.That(result.WorkUnits, Is.Not.Zero);
                Address actor = transaction.Signers[(int)operation.Actor].Address;
                if (ledger.State.CurrentKey(actor) is null)
                {
                    continue;
                }

                ulong day = (ulong)(ledger.TimeMs / 86_400_000);
                Usage usage = expected.TryGetValue(actor, out Usage? known) ? known : new Usage();
                usage.Operations++;
                usage.Refused += result.Code == ResultCode.Accepted ? 0UL : 1UL;
                usage.Bytes += result.Bytes;
                usage.WorkUnits += result.WorkUnits;
                usage.DayWorkUnits += result.WorkUnits;
                usage.Day = day;
                expected[actor] = usage;
            }
        }

        Assert.That(place, Is.EqualTo(block.Receipts.Count));
    }

    private static OperationResult ResultOf(OperationReceipt receipt) =>
        OperationResult.Parser.ParseFrom(receipt.Result.Span);
}
