using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Erasure;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Erasure;

/// <summary>Another school's node, as far as it holds copies of what the bench's school wrote.</summary>
internal sealed class HolderNode : IDisposable
{
    private readonly ErasureBench bench;
    private readonly string folder = Directory.CreateTempSubdirectory("holder-").FullName;
    private CustodyStore custody = null!;
    private ErasureList list = null!;
    private ErasureFollower follower = null!;
    private ErasureWords words = null!;

    public HolderNode(ErasureBench bench, SigningKey key)
    {
        this.bench = bench;
        Key = key;
        Open();
    }

    public SigningKey Key { get; }

    public CopyStore Copies { get; private set; } = null!;

    /// <summary>Keeps granted copies of the first records of the school's range.</summary>
    public void Keep(ulong count) => Copies.Keep(
        [
            .. bench.Reader.Records(bench.Llpc(), bench.School.Address, count).OfType<RecordLeaf>().Select(leaf =>
                new KeptCopy(
                    new CopyGroupName(bench.Llpc(), bench.School.Address, 1), 0, bench.School.Address, 1,
                    new ReleasedRecord { Leaf = leaf }, [])),
        ],
        nowUnixMs: 1);

    /// <summary>The node follows the ledger to its head, and writes its files anew.</summary>
    public void Follow()
    {
        follower.Look();
        Assert.That(custody.Scrub() && Copies.Scrub(), Is.True);
        list.NoteScrubbed();
    }

    /// <summary>What its node answers to the school.</summary>
    public Task<ErasureWord> AnswerAsync(AcknowledgementRequest request, CancellationToken cancellation) =>
        Task.FromResult(words.About(bench.School.Address, request.Places, request.Random)
            ?? throw new LedgerClientException(ClientFailure.Refused, "STILL_HELD"));

    /// <summary>The node ends, and begins again with its files.</summary>
    public void Restart()
    {
        Close();
        Open();
    }

    /// <summary>The same; in between a snapshot has brought its ledger to the head without blocks.</summary>
    public void RestartFromSnapshot()
    {
        Close();
        using (DatabaseBatch batch = bench.Database.NewBatch())
        {
            ulong height = bench.Chain.Head.Height;
            ChainWriter.WriteBeginning(batch, new StoreBeginning(height + 1, height));
            bench.Database.Write(batch, synced: true);
        }

        Open();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(folder, recursive: true);
    }

    private void Open()
    {
        custody = new CustodyStore(Path.Combine(folder, "custody.sqlite"));
        Copies = new CopyStore(Path.Combine(folder, "copies.sqlite"));
        list = new ErasureList(Path.Combine(folder, "erasures.sqlite"));
        ChainReader reader = new(bench.Database);
        follower = new ErasureFollower(
            Key.Address, bench.Chain, new LedgerErasures(reader), custody, Copies, list, bench.Clock);
        words = new ErasureWords(
            bench.Ledger.ChainId, Key, bench.Chain, reader, custody, Copies, list,
            new ProofMaker(bench.Ledger.GenesisBytes, bench.Reader), bench.Clock);
    }

    private void Close()
    {
        custody.Dispose();
        Copies.Dispose();
        list.Dispose();
    }
}
