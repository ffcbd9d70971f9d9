using System.Runtime.CompilerServices;
using Ledger.Client.Exports;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Exports;

/// <summary>A chain with two schools, each with a store and a box, and a learner of both.</summary>
internal sealed class ExportWorld : IExportNode, IDisposable
{
    private readonly DatabaseFolder folder = new();
    private readonly ChainBuilder blocks;
    private readonly ProofMaker proofs;
    private long time = TestLedger.Time;

    public ExportWorld()
    {
        blocks = new ChainBuilder(Ledger, folder);
        Reader = new ChainReader(folder.Database);
        proofs = new ProofMaker(Ledger.GenesisBytes, Reader);
        North = new ExportSchoolBench(this, Ledger.Identities[0]);
        East = new ExportSchoolBench(this, Ledger.Identities[1]);
        Decide([Learner], Operations.UicCreate());
    }

    public TestLedger Ledger { get; } = TestLedger.OfFixedKeys();

    public SigningKey Learner { get; } = TestLedger.FixedKey(8);

    public ExportSchoolBench North { get; }

    public ExportSchoolBench East { get; }

    /// <summary>Has records of nobody.</summary>
    public SigningKey South => Ledger.Identities[2];

    public ManualClock Clock { get; } = new() { Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time) };

    public ChainState Chain => blocks.Chain;

    public ChainReader Reader { get; }

    public ProofMaker Proofs => proofs;

    public TrustRoot Trust => TrustRoot.TryFromGenesis(Ledger.GenesisBytes, out TrustRoot? trust)
        ? trust
        : throw new InvalidOperationException("The genesis document is not taken.");

    /// <summary>Institutions that do not answer.</summary>
    public HashSet<Address> Away { get; } = [];

    /// <summary>Decides a block a second after the one before; the clock moves with it.</summary>
    public void Decide(SigningKey[] signers, params Operation[] operations)
    {
        time += 1_000;
        Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(time);
        blocks.Decide(time, Ledger.Signed(signers, operations));
    }

    /// <summary>The members upgrade the rules to those of erasing.</summary>
    public void Upgrade()
    {
        SigningKey[] seats = Ledger.Identities[..3];
        Decide([seats[0]], Operations.MeasurePropose(new Measure
        {
            Upgrade = new UpgradeRules { Version = RulesVersions.Erasure, Height = Chain.Head.Height + 1 },
        }));
        Decide([seats[1]], Operations.MeasureVote(1, true));
        Decide([seats[2]], Operations.MeasureVote(1, true));
        foreach (SigningKey seat in seats)
        {
            Decide([seat], Operations.AnnounceVersion(RulesVersions.Erasure));
        }

        Decide([seats[0]], Operations.Settle());
    }

    /// <summary>What makes files in the name of a key.</summary>
    public ExportMaker MakerOf(SigningKey key) => new(
        this,
        (institution, _) => Task.FromResult(SchoolOf(institution, key)),
        new CallerIdentity(key.Address, key),
        Trust,
        Clock);

    /// <summary>A file of everything about the learner, made by the learner.</summary>
    public async Task<byte[]> ExportAsync()
    {
        using MemoryStream file = new();
        await MakerOf(Learner).MakeAsync(ExportSubject.Of(Learner.Address), file, CancellationToken.None);
        return file.ToArray();
    }

    /// <summary>The file, verified.</summary>
    public VerificationReport Verify(byte[] file) => ExportCheck.Run(new MemoryStream(file), Trust);

    public Task<ulong> HeightAsync(CancellationToken cancellation) => Task.FromResult(Chain.Head.Height);

    public Task<StatePage> ListAsync(StateListRequest request, CancellationToken cancellation) =>
        Task.FromResult(new Node.Api.StateLists(Reader, proofs).Page(request, Chain.Head));

    public Task<StateEvidence> ProveAsync(StateKey key, CancellationToken cancellation) =>
        Task.FromResult(proofs.State(Chain.Head, key.Raw.ToArray())!);

    public Task<TrailPage> TrailAsync(TrailRequest request, CancellationToken cancellation)
    {
        TrailPage page = new();
        page.Entries.AddRange(Reader.Trail(new Address(request.Learner.Span), request.FromIndex, request.Limit));
        return Task.FromResult(page);
    }

    public async IAsyncEnumerable<ToldEvent> EventsAsync(
        Address learner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (ulong height = 1; height <= Chain.Head.Height; height++)
        {
            StoredResults results = Reader.Results(height)!;
            uint place = 0;
            foreach (EventMessage message in EventList.Parser.ParseFrom(results.Events).Events)
            {
                Assert.That(ContractEventCodec.TryRead(message, out ContractEvent? one));
                if (one!.Learner == learner)
                {
                    yield return new ToldEvent(new EventPosition(height, place++), time, one);
                }
            }
        }

        await Task.CompletedTask;
    }

    public Task<Receipt> ReceiptAsync(
        Hash256 transactionId, uint group, uint operation, CancellationToken cancellation) =>
        Task.FromResult(proofs.Receipt(transactionId, group, operation)!);

    public void Dispose()
    {
        North.Dispose();
        East.Dispose();
        proofs.Dispose();
        folder.Dispose();
        Learner.Dispose();
        Ledger.Dispose();
    }

    private IExportSchool? SchoolOf(Address institution, SigningKey caller)
    {
        ExportSchoolBench? school = new[] { North, East }
            .FirstOrDefault(one => one.Identity.Address == institution);
        return school is null || Away.Contains(institution) ? null : new AskedSchool(school, caller);
    }
}
