using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Snapshots;

/// <summary>A ledger whose state was carried over in pieces goes on as the original does.</summary>
public sealed class SnapshotRoundTripTests
{
    private static readonly TestParty[] Schools =
        [.. Enumerable.Range(0, 4).Select(place => new TestParty($"s{place}"))];

    [Test]
    public void A_state_that_was_carried_over_in_pieces_gives_the_same_next_blocks([Values(1UL, 2UL, 3UL)] ulong seed)
    {
        TestRandom random = new(seed);
        TestLedger ledger = new(Schools);
        TestParty[] learners = [.. Enumerable.Range(0, 6).Select(place => new TestParty($"l{seed}-{place}"))];
        foreach (TestParty learner in learners)
        {
            ledger.AddLearner(learner);
            ledger.Enrol(learner, Schools[random.Below(2)]);
        }

        List<AppendedLeaf> leaves = [];
        for (ulong statement = 1; statement < 40; statement++)
        {
            TestParty learner = learners[random.Below(learners.Length)];
            TestParty school = Schools.First(one => ledger.State.IsEnrolled(learner.Address, one.Address));
            ledger.Write(school, learner, statement);
            leaves.AddRange(ledger.Last!.Leaves);
            ledger.Accept(school, Calls.TrailAppend(learner, statement, statement + 100));
            leaves.AddRange(ledger.Last!.Leaves);
        }

        (LedgerState state, TestRecords index) = CarryOver(ledger.State, leaves, 500 + random.Below(2000));

        Assert.That(state.Root, Is.EqualTo(ledger.State.Root));
        Assert.That(state.Expiry, Is.EqualTo(ledger.State.Expiry));
        foreach (AppendedRecord record in leaves.OfType<AppendedRecord>())
        {
            Assert.That(index.Find(record.IndexKey), Is.EqualTo(record.Anchored));
        }

        RequireSameNextBlock(ledger, state, index, learners, random);
    }

    private static void RequireSameNextBlock(
        TestLedger ledger, LedgerState state, TestRecords index, TestParty[] learners, TestRandom random)
    {
        ParsedTransaction[] next = [.. Enumerable.Range(0, 30).Select(_ =>
        {
            TestParty learner = learners[random.Below(learners.Length)];
            TestParty school = Schools[random.Below(Schools.Length)];
            return ledger.Transaction([school], [Calls.Insert(learner, (ulong)(1 + random.Below(80)))]);
        })];
        BlockContext context = new(ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs, ledger.ChainId, ledger.Heads);

        BlockResult original = BlockExecutor.Execute(ledger.State, ledger.Records, context, next);
        BlockResult carried = BlockExecutor.Execute(state, index, context, next);

        Assert.That(carried.StateRoot, Is.EqualTo(original.StateRoot));
        Assert.That(carried.ReceiptRoot, Is.EqualTo(original.ReceiptRoot));
        ResultCode[] codes = [.. original.Receipts
            .Select(receipt => OperationResult.Parser.ParseFrom(receipt.Result.Span).Code).Distinct()];
        Assert.That(codes, Has.Length.GreaterThan(1), "the block shows more than one outcome");
    }

    private static (LedgerState State, TestRecords Index) CarryOver(
        LedgerState state, List<AppendedLeaf> leaves, int bytesMax)
    {
        List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)> entries = [];
        TestRecords index = new();
        Hash256? from = Hash256.Zero;
        while (from is { } start)
        {
            StateChunk chunk = StateChunks.Cut(state.Tree, start, bytesMax)!;
            Assert.That(StateChunkRules.TryCheck(state.Root, start, chunk, out CheckedStateChunk? read), Is.True);
            entries.AddRange(read!.Entries.Select(entry => (entry.Key.Raw, entry.Value)));
            from = read.Next;
        }

        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in entries)
        {
            if (RangeName.TryRead(key.Span, out RangeName name))
            {
                RecordPart part = RecordParts.Of(
                    key.ToArray(),
                    0,
                    leaves.Where(leaf => leaf.Range == name).Select(leaf => leaf.Content));
                ExpectedPart expected = new(key, RecordRange.Parser.ParseFrom(value.Span), 0);
                Assert.That(RecordParts.Check(new RecordChunk { Parts = { part } }, [expected]), Is.True);
                index.Add(part.Leaves.Select(leaf => new AppendedRecord(
                    new RecordsName(new LlpcName(name.Learner, Calls.Verb), name.Writer), leaf)));
            }
        }

        return (LedgerState.FromEntries(entries), index);
    }
}
