using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>
/// Random sequences of calls about membership: whatever is asked for in whatever order, the set stays one, its history
/// is whole, and executing the same blocks again gives the same roots.
/// </summary>
[TestFixture]
public sealed class SeatPropertyTests
{
    private const int Sequences = 40;
    private const int Steps = 120;

    [Test]
    public void No_sequence_of_calls_makes_an_ill_formed_set()
    {
        int activations = 0;
        int revocations = 0;
        SortedSet<ResultCode> codes = [];
        for (ulong seed = 1; seed <= Sequences; seed++)
        {
            Walk walk = new(seed);
            for (int step = 0; step < Steps; step++)
            {
                walk.Step(codes);
                CheckSet(walk.Ledger, seed, step);
            }

            CheckHistory(walk.Ledger);
            CheckReplay(walk);
            activations += (int)walk.Ledger.State.Epoch();
            revocations += walk.Parties.Count(one =>
                walk.Ledger.State.Institution(one.Address)?.Status == InstitutionStatus.Revoked);
        }

        // The sequences must reach what they are about, or they show nothing.
        Assert.That(activations, Is.GreaterThan(Sequences));
        Assert.That(revocations, Is.GreaterThan(Sequences / 4));
        Assert.That(codes, Is.SupersetOf(new[]
        {
            ResultCode.Accepted, ResultCode.NotAMember, ResultCode.SeatTaken, ResultCode.NoSeat,
            ResultCode.VoteKeyUsed, ResultCode.NotApproved, ResultCode.AlreadyActivated, ResultCode.NotReady,
            ResultCode.SignerRevoked, ResultCode.NoOpenBallot, ResultCode.TooManyProposals,
        }));
    }

    private static void CheckSet(TestLedger ledger, ulong seed, int step)
    {
        IReadOnlyList<ValidatorSeat> seats = ValidatorSeat.Of(ledger.State);
        string where = $"seed {seed}, step {step}";
        Assert.That(seats, Has.Count.InRange(1, GenesisLimits.SeatsMax), where);
        Assert.That(seats.Select(seat => seat.Address), Is.Ordered.And.Unique, where);
        Assert.That(seats.Select(seat => seat.VoteKey), Is.Unique, where);
        Assert.That(ledger.Last!.NextValidators, Is.EqualTo(seats), where);
    }

    private static void CheckHistory(TestLedger ledger)
    {
        IReadOnlyList<ValidatorSetInstance> sets =
            ledger.State.Instances(StateKeys.ValidatorSets, ValidatorSetInstance.Parser);
        SortedDictionary<string, string> owners = new(StringComparer.Ordinal);
        for (int place = 0; place < sets.Count; place++)
        {
            bool isLast = place == sets.Count - 1;
            Assert.That(sets[place].Epoch, Is.EqualTo((ulong)place));
            Assert.That(sets[place].Interval.ToHeight, Is.EqualTo(isLast ? 0 : sets[place + 1].Interval.FromHeight));
            foreach (Seat seat in sets[place].Seats)
            {
                string owner = seat.Address.ToBase64();
                Assert.That(owners.TryAdd(seat.VoteKey.ToBase64(), owner)
                    || owners[seat.VoteKey.ToBase64()] == owner, Is.True, "A key served two institutions.");
            }
        }

        if (sets.Count > 0)
        {
            Assert.That(sets[^1].Seats, Is.EqualTo(ledger.State.Roll().Seats));
            Assert.That(
                sets[^1].Hash.ToByteArray(),
                Is.EqualTo(ValidatorSeat.HashOf(ValidatorSeat.Of(ledger.State)).ToArray()));
        }
    }

    // A second executor, from the genesis document and from a state that was read back halfway.
    private static void CheckReplay(Walk walk)
    {
        LedgerState state = GenesisState.Build(TestLedger.GenesisOf(walk.Founders).ToByteArray()).State;
        RecentHeads heads = RecentHeads.Of(0, TestLedger.HashOfBlock(0));
        foreach ((BlockContext context, ParsedTransaction transaction, Hash256 root) in walk.Blocks)
        {
            BlockResult result = BlockExecutor.Execute(
                state, NoRecords.Instance, context with { Heads = heads }, [transaction]);
            Assert.That(result.StateRoot, Is.EqualTo(root), $"block {context.Height}");
            heads = heads.With(TestLedger.HashOfBlock(context.Height));
            state = context.Height == Steps / 2
                ? LedgerState.FromEntries(result.State.Tree.Entries().Select(entry => (entry.Key.Raw, entry.Value)))
                : result.State;
        }
    }

    private sealed class Walk
    {
        private readonly TestRandom random;
        private TestParty accused;
        private readonly List<TestParty> keys =
            [.. Enumerable.Range(0, 12).Select(place => new TestParty($"key{place}"))];

        public Walk(ulong seed)
        {
            random = new TestRandom(seed);
            int founders = 3 + random.Below(4);
            Parties = [.. Enumerable.Range(0, founders + 3).Select(place => new TestParty($"party{place}"))];
            Founders = [.. Parties.Take(founders)];
            Ledger = new TestLedger(Founders);
            accused = Founders[0];
        }

        public TestLedger Ledger { get; }

        public TestParty[] Parties { get; }

        public TestParty[] Founders { get; }

        public List<(BlockContext Context, ParsedTransaction Transaction, Hash256 Root)> Blocks { get; } = [];

        public void Step(SortedSet<ResultCode> codes)
        {
            TestParty actor = Pick(Parties);
            TestParty other = Pick(Parties);
            Operation operation = Next(actor, other);
            TestParty[] signers = actor == other ? [actor] : [actor, other];
            ParsedTransaction transaction = Ledger.Transaction(signers, [operation]);
            BlockContext context = new(
                Ledger.Height + 1, Ledger.TimeMs + TestLedger.BlockMs, Ledger.ChainId, Ledger.Heads);
            BlockResult result = Ledger.Block(transaction);
            Blocks.Add((context, transaction, result.StateRoot));
            codes.Add(OperationResult.Parser.ParseFrom(result.Receipts[0].Result.Span).Code);
        }

        private Operation Next(TestParty actor, TestParty other)
        {
            ulong proposals = Ledger.State.SeatProposalCount();
            ulong recent = Math.Min(proposals, 4);
            ulong proposal = proposals == 0 ? 1 : proposals - (random.Next() % recent);
            ulong ballot = Ledger.State.Institution(other.Address)?.Ballot ?? 1;
            return random.Below(18) switch
            {
                0 => Calls.Register(actor),
                1 => Calls.Vote(other, random.Below(8) != 0, Math.Max(1, ballot)),
                2 => Seats.Propose(Change(actor, other)),
                3 when actor != Founders[0] && other != Founders[0] =>
                    Seats.Propose(Change(actor, other), Seats.Remove(Founders[0])),
                3 => Seats.Propose(Seats.Remove(Founders[0])),
                4 => Seats.Rotate(Ledger, actor, CurrentKey(actor), Pick(keys).VoteKey),
                5 or 6 or 7 or 8 => Seats.Vote(proposal, random.Below(10) != 0),
                9 or 10 => Seats.Activate(Ledger, proposal),
                11 => Seats.Activate(Ledger, proposal, 0),
                12 => Accuse(other),
                13 => Calls.Settle(),
                _ => VoteOnAccused(),
            };
        }

        // Votes go to one accused, or hardly any ballot would ever be decided.
        private Operation Accuse(TestParty other)
        {
            bool isMember = Ledger.State.IsMember(accused.Address);
            accused = isMember && random.Below(4) != 0 ? accused : other;
            return Seats.Accuse(accused);
        }

        private Operation VoteOnAccused()
        {
            ulong ballot = Ledger.State.Institution(accused.Address)?.Ballot ?? 1;
            return Seats.Revoke(accused, random.Below(8) != 0, Math.Max(1, ballot));
        }

        private SeatChange Change(TestParty actor, TestParty other) => random.Below(4) switch
        {
            0 => Seats.Remove(other),
            1 => Seats.Replace(Ledger, other == actor ? NeitherFirstNor(actor) : other, actor),
            2 => Seats.Rotation(Ledger, other, CurrentKey(other), Pick(keys).VoteKey),
            _ => Seats.Add(Ledger, other, random.Below(2) == 0 ? other.VoteKey : Pick(keys).VoteKey),
        };

        private PublicKeyBytes CurrentKey(TestParty who) => ValidatorSeat.Of(Ledger.State)
            .Where(seat => seat.Address == who.Address)
            .Select(seat => seat.VoteKey)
            .DefaultIfEmpty(who.VoteKey)
            .First();

        // A list that names an institution twice is malformed and makes no transaction.
        private TestParty NeitherFirstNor(TestParty actor) =>
            Pick([.. Parties.Skip(1).Where(party => party != actor)]);

        private T Pick<T>(IReadOnlyList<T> items) => items[random.Below(items.Count)];
    }
}
