using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Snapshots;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Snapshots;

/// <summary>A chain with learners and records on disk, and a server of its snapshots.</summary>
internal sealed class RecordedChain : IDisposable
{
    public const string Verb = "http://adlnet.gov/expapi/verbs/completed";

    private readonly DatabaseFolder folder = new();
    private readonly ChainBuilder builder;
    private readonly SigningKey[] learners = [.. Enumerable.Range(0, 3).Select(_ => SigningKey.Create())];
    private byte next;

    public RecordedChain(int blocks, int records)
    {
        builder = new ChainBuilder(Ledger, folder);
        SigningKey school = Ledger.Identities[0];
        Decide([school], Operations.PicCreate());
        foreach (SigningKey learner in learners)
        {
            Decide([learner], Operations.UicCreate());
            Decide([school, learner], Operations.Enrol(learner.Address, school.Address));
            Decide(
                [school],
                Operations.LlpcCreate(learner.Address, Verb),
                Operations.UicInsert(learner.Address, Verb),
                Operations.PicInsert(learner.Address, Verb));
            Decide([school], Operations.LlpcInsert(
                learner.Address, Verb, Enumerable.Range(0, records).Select(_ => Record())));
            Decide([school], Operations.TrailAppend(
                learner.Address, Enumerable.Range(0, 2).Select(_ => new Hash256(Record().Commitment.Span))));
        }

        while (Chain.Head.Height < (ulong)blocks)
        {
            Decide([school], Operations.Settle());
        }

        Reader = new ChainReader(folder.Database);
        Server = new SnapshotServer(
            Chain, Reader, folder.Database, new SnapshotPins(Chain, TimeProvider.System));
    }

    public TestLedger Ledger { get; } = new();

    public ChainState Chain => builder.Chain;

    public ChainReader Reader { get; }

    public SnapshotServer Server { get; }

    public Storage.LedgerDatabase Database => folder.Database;

    public IEnumerable<Address> Learners => learners.Select(learner => learner.Address);

    public TrustedCheckpoint Checkpoint(ulong height) =>
        new(height, new Hash256(Reader.Block(height)!.Block.Certificate.BlockHash.Span));

    public void Decide(SigningKey[] signers, params Operation[] operations) =>
        Decide(Ledger.Signed(signers, operations));

    public void Decide(ParsedTransaction transaction) => builder.Decide(
        TestLedger.Time + (1_000 * (long)(Chain.Head.Height + 1)), transaction);

    public void Dispose()
    {
        folder.Dispose();
        Ledger.Dispose();
        foreach (SigningKey learner in learners)
        {
            learner.Dispose();
        }
    }

    private RecordEntry Record()
    {
        byte[] bytes = Hash256.Zero.ToArray();
        bytes[0] = ++next;
        bytes[1] = (byte)Chain.Head.Height;
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1,
                QueryTemplate = 1,
                KeyVersion = 1,
                HashedId = ByteString.CopyFrom(bytes.AsSpan(0, 16)),
            },
            Commitment = ByteString.CopyFrom(bytes),
        };
    }
}
