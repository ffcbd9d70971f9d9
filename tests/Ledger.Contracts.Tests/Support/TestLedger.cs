using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>A ledger without consensus: every call is a block.</summary>
public sealed class TestLedger
{
    public const long StartMs = 1_700_000_000_000;
    public const long BlockMs = 1_000;

    private const int SeatsMax = 16;

    private readonly TestRecords records = new();
    private ulong random;

    public TestLedger(params TestParty[] founders)
    {
        GenesisState genesis = GenesisState.Build(GenesisOf(founders).ToByteArray());
        ChainId = genesis.ChainId;
        State = genesis.State;
    }

    public Hash256 ChainId { get; }

    public LedgerState State { get; private set; }

    public ulong Height { get; private set; }

    public long TimeMs { get; set; } = StartMs;

    /// <summary>This ledger has no headers: a block's hash follows from its height.</summary>
    public RecentHeads Heads { get; private set; } = RecentHeads.Of(0, HashOfBlock(0));

    public BlockResult? Last { get; private set; }

    public IRecordIndex Records => records;

    public static Hash256 HashOfBlock(ulong height) => new TestRandom(height + 1_000_000).Hash();

    public static Genesis GenesisOf(params TestParty[] founders)
    {
        Genesis genesis = new() { Version = 1, Name = "test", TimeUnixMs = StartMs };
        genesis.Founders.AddRange(founders.Select((founder, place) => new Founder
        {
            Name = founder.Name,
            Domain = founder.Domain,
            Kind = InstitutionKind.LearningProvider,
            IdentityKey = founder.Key.ToField(),
            VoteKey = place < SeatsMax ? founder.VoteKey.ToField() : ByteString.Empty,
        }));
        return genesis;
    }

    public ParsedTransaction Transaction(TestParty[] signers, params Operation[][] groups)
    {
        TransactionBody body = TestTransaction.Body(++random, TimeMs + BlockMs, signers, groups);
        TransactionReading reading = TestTransaction.Read(body, ChainId);
        Assert.That(reading.IsRead, Is.True, () => reading.Refusal.ToString()!);
        return reading.Transaction!;
    }

    public BlockResult Block(params ParsedTransaction[] transactions)
    {
        Height++;
        TimeMs += BlockMs;
        Last = BlockExecutor.Execute(State, records, new BlockContext(Height, TimeMs, ChainId, Heads), transactions);
        State = Last.State;
        Heads = Heads.With(HashOfBlock(Height));
        records.Add(Last.Records);
        records.Remove(Last.Erased);
        return Last;
    }

    /// <summary>What would become of an operation; nothing is kept.</summary>
    public OperationResult Probe(TestParty actor, Operation operation) => Probe(Transaction([actor], [operation]));

    /// <summary>What would become of a transaction's first operation; nothing is kept.</summary>
    public OperationResult Probe(ParsedTransaction transaction)
    {
        BlockResult result = BlockExecutor.Execute(
            State, records, new BlockContext(Height + 1, TimeMs + BlockMs, ChainId, Heads), [transaction]);
        return OperationResult.Parser.ParseFrom(result.Receipts[0].Result.Span);
    }

    /// <summary>One operation by the first signer, in a block of its own.</summary>
    public OperationResult Do(TestParty actor, Operation operation, params TestParty[] alsoSign) =>
        Group([actor, .. alsoSign], operation)[0];

    /// <summary>One group in a block of its own.</summary>
    public OperationResult[] Group(TestParty[] signers, params Operation[] operations)
    {
        BlockResult block = Block(Transaction(signers, operations));
        return [.. block.Receipts.Select(receipt => OperationResult.Parser.ParseFrom(receipt.Result.Span))];
    }

    /// <summary>Does it and expects the code; a refusal must leave the state as it was.</summary>
    public OperationResult Expect(ResultCode code, TestParty actor, Operation operation, params TestParty[] alsoSign)
    {
        OperationResult result = Do(actor, operation, alsoSign);
        Assert.That(result.Code, Is.EqualTo(code));
        if (code != ResultCode.Accepted)
        {
            Assert.That(Last!.Changes.Where(change => change.Key.Kind != StateKind.Usage), Is.Empty,
                "A refused operation changed more than what is counted.");
            Assert.That(Last.Events, Is.Empty);
            Assert.That(Last.Records, Is.Empty);
        }

        return result;
    }

    public OperationResult Accept(TestParty actor, Operation operation, params TestParty[] alsoSign) =>
        Expect(ResultCode.Accepted, actor, operation, alsoSign);

    public void AddLearner(TestParty learner) => Accept(learner, Calls.UicCreate());

    public void AddMember(TestParty candidate, InstitutionKind kind, params TestParty[] voters)
    {
        Accept(candidate, Calls.Register(candidate, kind));
        foreach (TestParty voter in voters)
        {
            Accept(voter, Calls.Vote(candidate, true));
        }

        Assert.That(State.IsMember(candidate.Address), Is.True);
    }

    /// <summary>The first proposes, the others vote for it one after another until it is decided.</summary>
    public OperationResult Decide(Operation proposal, params TestParty[] voters)
    {
        OperationResult result = Accept(voters[0], proposal);
        foreach (TestParty voter in voters[1..])
        {
            if (result.Ballot == BallotState.Open)
            {
                result = Accept(voter, Calls.VoteOn(result.Number));
            }
        }

        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
        return result;
    }

    /// <summary>The members vote a version of the rules, announce it, and a block begins it.</summary>
    public void Upgrade(uint version, params TestParty[] seats)
    {
        Decide(Calls.Upgrade(version, Height), seats);
        foreach (TestParty seat in seats)
        {
            Accept(seat, new Operation { AnnounceVersion = new AnnounceVersion { Version = version } });
        }

        Block();
        Assert.That(RulesVersions.Active(State), Is.EqualTo(version));
    }

    public void Enrol(TestParty learner, TestParty school) => Accept(school, Calls.Enrol(learner, school), learner);

    /// <summary>Creates the LLPC and the school's entries, and inserts one record.</summary>
    public void Write(TestParty school, TestParty learner, ulong statement)
    {
        LlpcName llpc = new(learner.Address, Calls.Verb);
        if (State.ProviderIndex(school.Address) is null)
        {
            Accept(school, Calls.PicCreate());
        }

        if (State.Llpc(llpc) is null)
        {
            Accept(school, Calls.Create(learner));
        }

        if (State.OpenNumber(StateKeys.UserIndexEntries(llpc, school.Address)) == 0)
        {
            Accept(school, Calls.UicInsert(learner));
            Accept(school, Calls.PicInsert(learner));
        }

        Accept(school, Calls.Insert(learner, statement));
    }

    public EffectiveRights RightsOf(TestParty learner, TestParty who) =>
        AccessRights.Of(State, learner.Address, Calls.Verb, who.Address, TimeMs);
}
