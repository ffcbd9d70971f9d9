using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Determinism.Story;

/// <summary>
/// A chain that follows from a seed: blocks with calls of every kind, done and refused. Nothing in it depends on the
/// language of the machine or on the order of a hash table.
/// </summary>
public sealed class LedgerStory
{
    private const int MembersMin = 4;
    private const long HourMs = 3_600_000;
    private const long TwentyDaysMs = 480 * HourMs;

    private readonly TestRandom random;
    private readonly StoryCast cast = new();
    private readonly StoryMoves moves;
    private readonly CallFiller filler;
    private ulong transactions;
    private int round;

    /// <summary>The chain of a seed, before its first block.</summary>
    public LedgerStory(ulong seed)
    {
        random = new TestRandom(seed);
        Ledger = new TestLedger(cast.Founders);
        moves = new StoryMoves(random, cast, Ledger);
        filler = new CallFiller(random, cast);
    }

    /// <summary>The ledger as it stands.</summary>
    public TestLedger Ledger { get; }

    /// <summary>The document that it begins with.</summary>
    public Genesis Genesis => TestLedger.GenesisOf(cast.Founders);

    /// <summary>The next block: its transactions, and what they gave.</summary>
    public (ParsedTransaction[] Transactions, BlockResult Result) Next()
    {
        cast.Grow(++round);
        Ledger.TimeMs += random.Below(50) switch
        {
            0 => HourMs,
            1 when random.Below(10) == 0 => TwentyDaysMs,
            _ => random.Below(3_000),
        };
        while (true)
        {
            ParsedTransaction[] chosen = [.. Enumerable.Range(0, 1 + random.Below(4)).Select(_ => Transaction())];

            // Members may end the membership of all of them, and then the story would be over.
            if (Tried(chosen).State.Roll().Members.Count >= MembersMin)
            {
                return (chosen, Ledger.Block(chosen));
            }
        }
    }

    private BlockResult Tried(ParsedTransaction[] chosen)
    {
        BlockContext context = new(
            Ledger.Height + 1, Ledger.TimeMs + TestLedger.BlockMs, Ledger.ChainId, Ledger.Heads);
        return BlockExecutor.Execute(Ledger.State, Ledger.Records, context, chosen);
    }

    private ParsedTransaction Transaction()
    {
        while (true)
        {
            (TestParty[] signers, Operation[][] groups) = random.Below(4) > 0 ? moves.Any() : Filled();
            TestParty[] distinct = [.. signers.DistinctBy(static one => one.Address)];
            TransactionBody body = TestTransaction.Body(
                ++transactions, Ledger.TimeMs + TestLedger.BlockMs, distinct, groups);
            foreach (Operation operation in groups.SelectMany(static group => group))
            {
                operation.Actor = Math.Min(operation.Actor, (uint)distinct.Length - 1);
            }

            TransactionReading reading = TestTransaction.Read(body, Ledger.ChainId);
            if (reading.IsRead && Signers.AreCurrent(Ledger.State, reading.Transaction.Signers))
            {
                return reading.Transaction;
            }
        }
    }

    private (TestParty[] Signers, Operation[][] Groups) Filled()
    {
        TestParty[] signers = [cast.Anybody(random), cast.Institution(random), cast.Learner(random)];
        Operation[][] groups = [.. Enumerable.Range(0, 1 + random.Below(3)).Select(_ => new[]
        {
            filler.Any(Ledger.TimeMs).By((uint)random.Below(3)),
        })];
        return (signers, groups);
    }
}
