using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Execution;

[TestFixture]
public sealed class BlockExecutorTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
    }

    [Test]
    public void A_group_is_refused_as_a_whole_and_alone()
    {
        ledger.Accept(school, Calls.PicCreate());
        BlockResult block = ledger.Block(ledger.Transaction(
            [school],
            [Calls.Create(learner), Calls.UicInsert(learner), Calls.Insert(learner, 1), Calls.PicInsert(learner)],
            [Calls.Endpoint("https://a.org")]));
        OperationResult[] results = Results(block);
        Assert.That(results.Select(result => result.Code), Is.EqualTo(new[]
        {
            ResultCode.GroupRefused,
            ResultCode.GroupRefused,
            ResultCode.NotIndexed,
            ResultCode.GroupRefused,
            ResultCode.Accepted,
        }));
        Assert.That(results[0].RefusedOperation, Is.EqualTo(2));
        Assert.That(ledger.State.Llpc(new LlpcName(learner.Address, Calls.Verb)), Is.Null);
        Assert.That(ledger.State.UserIndex(learner.Address)!.Entries, Is.Zero);
        Assert.That(block.Events.Select(one => one.Kind), Is.EqualTo(new[] { ContractEventKind.EndpointPublished }));
        Assert.That(block.Events[0].Place, Is.EqualTo(block.Receipts[4].Place));
    }

    [Test]
    public void A_refused_group_leaves_neither_records_nor_scheduled_ends()
    {
        ledger.Write(school, learner, 1);
        BlockResult block = ledger.Block(
            ledger.Transaction([learner], [
                Calls.Grant(learner, other, AccessBits.Read, 0, ledger.TimeMs + 50_000),
                Calls.Deny(learner, 1),
            ]),
            ledger.Transaction([school], [Calls.Insert(learner, 2), Calls.Insert(learner, 1)]));
        Assert.That(ledger.State.Expiry, Is.Empty);
        Assert.That(block.Records, Is.Empty);
        Assert.That(block.Changes.Select(change => change.Key.Kind), Is.All.EqualTo(StateKind.Usage));
        ledger.Accept(school, Calls.Insert(learner, 2));
    }

    [Test]
    public void Every_receipt_is_proved_by_its_path()
    {
        ledger.Write(school, learner, 1);
        BlockResult block = ledger.Block(
            ledger.Transaction(
                [school], [Calls.Insert(learner, 2), Calls.Insert(learner, 3)], [Calls.Insert(learner, 1)]),
            ledger.Transaction([learner], [Calls.Grant(learner, other, AccessBits.Read)]),
            ledger.Transaction([other], [Calls.Settle()]));
        Hash256[] leaves = [.. block.Receipts.Select(receipt => receipt.Leaf)];
        Assert.That(leaves, Has.Length.EqualTo(5));
        for (int place = 0; place < leaves.Length; place++)
        {
            OperationReceipt receipt = block.Receipts[place];
            Hash256 leaf = OperationReceipt.LeafOf(receipt.Place, receipt.Result.Span);
            Hash256[] path = MerkleList.Path(leaves, place);
            Assert.That(MerkleList.Verify(block.ReceiptRoot, leaf, (ulong)place, 5, path), Is.True);
            byte[] forged = [.. receipt.Result.Span];
            forged[^1] ^= 1;
            Hash256 forgedLeaf = OperationReceipt.LeafOf(receipt.Place, forged);
            Assert.That(MerkleList.Verify(block.ReceiptRoot, forgedLeaf, (ulong)place, 5, path), Is.False);
        }
    }

    [Test]
    public void The_same_block_gives_the_same_roots_on_every_node()
    {
        ledger.Write(school, learner, 1);
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Read, 0, ledger.TimeMs + 2_500));
        ParsedTransaction[] transactions =
        [
            ledger.Transaction([school], [Calls.Insert(learner, 2)], [Calls.Insert(learner, 2)]),
            ledger.Transaction([other], [Calls.Request(learner, AccessBits.Write)]),
            ledger.Transaction([learner], [Calls.Deny(learner, 1)], [Calls.Grant(learner, other, AccessBits.Write)]),
        ];
        BlockContext context = new(ledger.Height + 1, ledger.TimeMs + 5_000, ledger.ChainId, ledger.Heads);
        BlockResult expected = BlockExecutor.Execute(ledger.State, ledger.Records, context, transactions);
        (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)[] entries =
            [.. ledger.State.Tree.Entries().Select(entry => (entry.Key.Raw, entry.Value))];
        TestRandom random = new(5);
        for (int round = 0; round < 5; round++)
        {
            random.Shuffle(entries);
            LedgerState rebuilt = LedgerState.FromEntries(entries);
            Assert.That(rebuilt.Root, Is.EqualTo(ledger.State.Root));
            Assert.That(rebuilt.Expiry, Is.EqualTo(ledger.State.Expiry));
            BlockResult again = BlockExecutor.Execute(rebuilt, ledger.Records, context, transactions);
            Assert.That(again.StateRoot, Is.EqualTo(expected.StateRoot));
            Assert.That(again.ReceiptRoot, Is.EqualTo(expected.ReceiptRoot));
            Assert.That(again.TransactionRoot, Is.EqualTo(expected.TransactionRoot));
            Assert.That(again.Events, Is.EqualTo(expected.Events));
            Assert.That(again.State.Expiry, Is.EqualTo(expected.State.Expiry));
        }
    }

    [Test]
    public void The_changes_of_a_block_applied_to_its_parent_give_its_state()
    {
        ledger.Write(school, learner, 1);
        LedgerState parent = ledger.State;
        BlockResult block = ledger.Block(
            ledger.Transaction([school], [Calls.Insert(learner, 2), Calls.Insert(learner, 3)]));
        Assert.That(parent.Tree.With(block.Changes).Root, Is.EqualTo(block.StateRoot));
        Assert.That(block.Changes.Select(change => change.Key.Hash), Is.Ordered.And.Unique);
        Assert.That(block.NextValidators.Select(seat => seat.Address), Is.Ordered);
        Assert.That(block.NextValidators, Has.Count.EqualTo(2));
    }

    [Test]
    public void Leaves_are_given_by_range_without_those_of_a_refused_group()
    {
        ledger.Write(school, learner, 1);
        BlockResult block = ledger.Block(
            ledger.Transaction([school], [Calls.Insert(learner, 2)], [Calls.Insert(learner, 3), Calls.PicCreate()]),
            ledger.Transaction([school], [Calls.Insert(learner, 4, 5)]));

        GrownRange grown = block.Grown.Single();

        Assert.That(grown.Leaves, Is.EqualTo(block.Leaves.Select(leaf => leaf.Content)));
        Assert.That(grown.Leaves.Select(leaf => leaf.Index), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        Assert.That(block.State.TryGet(grown.Key, out ReadOnlyMemory<byte> value), Is.True);
        Assert.That(value.ToArray(), Is.EqualTo(grown.Value.ToArray()));
    }

    [Test]
    public void A_signer_whose_key_is_not_current_is_a_result_and_not_an_error()
    {
        TransactionBody body = TestTransaction.Body(
            1, ledger.TimeMs + 1_000, [other], [Calls.Settle()], [Calls.PicCreate()]);
        body.Signers[0].Address = school.Address.ToField();
        ParsedTransaction stolen = TestTransaction.Read(body, ledger.ChainId).Transaction!;
        Hash256 root = ledger.State.Root;
        OperationResult[] results = Results(ledger.Block(stolen));
        Assert.That(results.Select(result => result.Code), Is.All.EqualTo(ResultCode.SignerRevoked));
        Assert.That(results, Has.Length.EqualTo(2));
        Assert.That(ledger.State.Root, Is.EqualTo(root));
    }

    [Test]
    public void An_empty_block_changes_nothing()
    {
        Hash256 root = ledger.State.Root;
        BlockResult block = ledger.Block();
        Assert.That(block.StateRoot, Is.EqualTo(root));
        Assert.That(block.ReceiptRoot, Is.EqualTo(MerkleList.Root([])));
    }

    [Test]
    public void What_has_ended_is_closed_by_the_next_block_in_order_and_at_most_256_at_once()
    {
        TestParty[] learners = [learner, new("second"), new("third")];
        foreach (TestParty one in learners[1..])
        {
            ledger.AddLearner(one);
            ledger.Enrol(one, school);
        }

        long end = ledger.TimeMs + 60_000;
        foreach (TestParty one in learners)
        {
            ledger.Write(school, one, (ulong)one.Name.Length);
            ledger.Group([one], [.. Enumerable.Range(0, 100).Select(number =>
                Calls.Grant(one, other, AccessBits.Read, 0, end - number))]);
        }

        Assert.That(ledger.State.Expiry, Has.Count.EqualTo(300));
        ledger.TimeMs = end - 200;
        ledger.TimeMs -= TestLedger.BlockMs;
        Assert.That(ledger.Block().Events, Is.Empty);
        ledger.TimeMs = end;
        BlockResult first = ledger.Block(ledger.Transaction([other], [Calls.Settle()]));
        Assert.That(first.Events, Has.Count.EqualTo(256));
        Assert.That(first.Events, Has.All.Matches<ContractEvent>(one =>
            one!.Kind == ContractEventKind.AccessExpired && one.Actor is null && one.Place is null));
        Assert.That(ledger.State.Expiry, Has.Count.EqualTo(44));
        Assert.That(ledger.State.Expiry, Has.All.Matches<ExpiryEntry>(entry => entry.EndUnixMs > end - 16));
        foreach (TestParty one in learners)
        {
            Assert.That(ledger.RightsOf(one, other), Is.EqualTo(EffectiveRights.None), "Time alone decides.");
        }

        Assert.That(ledger.Block().Events, Has.Count.EqualTo(44));
        Assert.That(ledger.State.Expiry, Is.Empty);
        LlpcName name = new(learner.Address, Calls.Verb);
        Assert.That(ledger.State.LiveGrants(name).Grants, Is.Empty);
        Assert.That(ledger.State.OpenNumber(StateKeys.UserIndexEntries(name, other.Address)), Is.Zero);
        Assert.That(ledger.State.Grant(name, 1)!.Interval.ToHeight, Is.Not.Zero);
    }

    [Test]
    public void A_revoked_grant_leaves_the_queue()
    {
        ledger.Write(school, learner, 1);
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Read, 0, ledger.TimeMs + 60_000));
        Assert.That(ledger.State.Expiry, Has.Count.EqualTo(1));
        ledger.Accept(learner, Calls.Revoke(learner, 1));
        Assert.That(ledger.State.Expiry, Is.Empty);
    }

    [Test]
    public void Every_code_has_a_text_of_its_own()
    {
        string[] texts = [.. Enum.GetValues<ResultCode>().Select(ResultCodeText.Of)];
        Assert.That(texts, Is.Unique);
    }

    private static OperationResult[] Results(BlockResult block) =>
        [.. block.Receipts.Select(receipt => OperationResult.Parser.ParseFrom(receipt.Result.Span))];
}
