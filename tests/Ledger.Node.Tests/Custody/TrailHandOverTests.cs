using Google.Protobuf;
using Ledger.Client.Custody;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Custody;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Custody;

/// <summary>What the reads at a box were goes to its custodian, and opens for the learner there.</summary>
public sealed class TrailHandOverTests
{
    private const int Reads = 3;
    private readonly EncryptionKey boxKey = EncryptionKey.Create();
    private readonly EncryptionKey custodianKey = EncryptionKey.Create();
    private RecordedChain chain = null!;
    private StoreFolder files = null!;
    private SealedOpenings box = null!;
    private SealedOpenings custodian = null!;
    private TrailEntry[] entries = null!;

    private SigningKey North => chain.Ledger.Identities[0];

    private SigningKey South => chain.Ledger.Identities[1];

    private Address Learner => chain.Learners.First();

    private LedgerHead Head => chain.Chain.Head;

    private PublicKeyBytes CustodianKey => new(custodianKey.PublicKey);

    [SetUp]
    public void Start()
    {
        chain = new RecordedChain(blocks: 1, records: 1);
        files = new StoreFolder();
        box = new SealedOpenings(Path.ChangeExtension(files.File, "box"));
        custodian = new SealedOpenings(Path.ChangeExtension(files.File, "custodian"));
        chain.Decide([South], Operations.CustodyPublishPlan("Archive", "https://south.example/terms", default, 30));
        chain.Decide([North], Operations.CustodyOffer(North.Address, South.Address, 1));
        chain.Decide([South], Operations.CustodyAccept(North.Address, South.Address, 1, 1));
        entries = [.. Enumerable.Range(0, Reads).Select(Entry)];
        box.AddAll([.. entries.Select(entry => new SealedOpening(
            Learner, TrailEntries.CommitmentOf(entry), SealedMessages.Seal(
                entry.ToByteArray(), [(North.Address, new PublicKeyBytes(boxKey.PublicKey))], TrailEntries.Purpose)))]);
        chain.Decide([North], Operations.TrailAppend(Learner, entries.Select(TrailEntries.CommitmentOf)));
    }

    [TearDown]
    public void Delete()
    {
        box.Dispose();
        custodian.Dispose();
        files.Dispose();
        chain.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        boxKey.Dispose();
        custodianKey.Dispose();
    }

    [Test]
    public void The_custodian_opens_what_the_box_did_and_seals_it_for_the_learner()
    {
        ExportPortion portion = Export().Portion(Head, South.Address, CustodianKey, [], Now);
        CustodyPortion content = Open(portion);

        Assert.That(portion.Reads, Is.EqualTo(Reads));
        Assert.That(portion.MissingReads, Is.EqualTo(2), "two that the chain counts and this box never had");
        ImportReply reply = Import().Take(Head, content);

        Assert.That(reply.Reads, Is.EqualTo(Reads));
        Assert.That(reply.RefusedReads, Is.Empty);
        foreach (TrailEntry entry in entries)
        {
            SealedMessage kept = custodian.Find(Learner, TrailEntries.CommitmentOf(entry))!;
            Assert.That(
                TrailEntries.TryOpen(kept, custodianKey, TrailEntries.CommitmentOf(entry), out TrailEntry? opened),
                Is.True);
            Assert.That(opened, Is.EqualTo(entry));
        }

        Assert.That(
            Export().Portion(Head, South.Address, CustodianKey, portion.Cursor.ToByteArray(), Now).Cursor, Is.Empty);
        Assert.That(Import().Take(Head, content).Reads, Is.EqualTo(Reads), "taken in again, it stays");
    }

    [Test]
    public void What_is_not_what_the_trail_has_a_commitment_to_is_not_kept()
    {
        CustodyPortion content = Open(Export().Portion(Head, South.Address, CustodianKey, [], Now));
        TrailEntry changed = entries[0].Clone();
        changed.Records++;
        content.Reads[0].Entry = changed.ToByteString();
        content.Reads[1].Index = 0;
        content.Reads[2].Index = 1_000;

        ImportReply reply = Import().Take(Head, content);

        Assert.That(reply.Reads, Is.Zero);
        Assert.That(reply.RefusedReads, Has.Count.EqualTo(Reads));
        Assert.That(custodian.FirstLearner(null), Is.Null);
    }

    [Test]
    public void Who_is_no_custodian_gets_nothing()
    {
        ExportPortion portion =
            Export().Portion(Head, chain.Ledger.Identities[2].Address, CustodianKey, [], Now);

        Assert.That(portion.Content, Is.Null);
        Assert.That(portion.Cursor, Is.Empty);
    }

    private static long Now => Support.TestLedger.Time + 60_000;

    private TrailExport Export() => new(chain.Ledger.ChainId, North.Address, chain.Reader, box, boxKey);

    private TrailImport Import() => new(South.Address, chain.Reader, custodian, custodianKey);

    private CustodyPortion Open(ExportPortion portion) => CustodyPortion.Parser.ParseFrom(
        SealedMessages.Open(portion.Content, custodianKey, CustodyFile.Purpose));

    private TrailEntry Entry(int number) => new()
    {
        Salt = TrailEntries.FreshSalt(),
        Box = ByteString.CopyFrom(North.Address.ToArray()),
        Reader = ByteString.CopyFrom(South.Address.ToArray()),
        Learner = ByteString.CopyFrom(Learner.ToArray()),
        Verb = RecordedChain.Verb,
        Records = (ulong)number + 1,
    };
}
