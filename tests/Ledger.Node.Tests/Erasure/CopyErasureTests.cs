using Google.Protobuf;
using Ledger.Client.Erasure;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Erasure;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Erasure;

/// <summary>A custodian erases what the ledger says is erased, and gives its word only then.</summary>
public sealed class CopyErasureTests
{
    private static readonly ByteString Random = ByteString.CopyFrom(new byte[ErasureAsker.RandomBytes]);

    private ErasureBench bench = null!;
    private string folder = null!;
    private CustodyStore custody = null!;
    private CopyStore copies = null!;
    private ErasureList list = null!;
    private ErasureFollower follower = null!;
    private ErasureWords words = null!;

    private SigningKey Custodian => bench.Ledger.Identities[1];

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        string account = ActorKey.OfAccount(Statements.HomePage, "student-17");
        bench.Pairs.Set(account, bench.Learner.Address);
        bench.Anchor([.. Enumerable.Range(1, 4).Select(number => Statements.Intake(number))]);
        folder = Directory.CreateTempSubdirectory("copies-").FullName;
        custody = new CustodyStore(Path.Combine(folder, "custody.sqlite"));
        copies = new CopyStore(Path.Combine(folder, "copies.sqlite"));
        list = new ErasureList(Path.Combine(folder, "erasures.sqlite"));
        follower = new ErasureFollower(
            Custodian.Address, bench.Chain, new LedgerErasures(bench.Reader), custody, copies, list, bench.Clock);
        words = new ErasureWords(
            bench.Ledger.ChainId, Custodian, bench.Chain, bench.Reader, custody, copies, list,
            new ProofMaker(bench.Ledger.GenesisBytes, bench.Reader), TimeProvider.System);
        Copy();
        CopyGranted();
    }

    [TearDown]
    public void End()
    {
        custody.Dispose();
        copies.Dispose();
        list.Dispose();
        Directory.Delete(folder, recursive: true);
        bench.Dispose();
    }

    [Test]
    public void The_copy_goes_with_the_tombstone_and_the_others_stay()
    {
        follower.Look();
        Assert.That(custody.Count(Range().ToRawKey()), Is.EqualTo(4));
        bench.Orders.OfRecord(Statements.Id(2));
        bench.EraseAll();

        follower.Look();

        Assert.That(custody.Count(Range().ToRawKey()), Is.EqualTo(3));
        Assert.That(custody.Has(Range().ToRawKey(), 1), Is.False);
        Assert.That(
            Enumerable.Range(0, 4).Select(at => copies.Has(bench.Llpc(), bench.School.Address, (ulong)at)),
            Is.EqualTo(new[] { true, false, true, true }));
        Assert.That(list.IsUnscrubbed, Is.True);
    }

    [Test]
    public void The_word_is_given_when_nothing_is_held_any_more_and_verifies_offline()
    {
        ErasedPlaces places = new()
        {
            Learner = bench.Learner.Address.ToField(), Verb = Statements.Viewed, Indexes = { 1 },
        };
        Assert.That(words.About(bench.School.Address, places, Random), Is.Null, "nothing is erased");
        bench.Orders.OfRecord(Statements.Id(2));
        bench.EraseAll();
        Assert.That(words.About(bench.School.Address, places, Random), Is.Null, "the erasure is not known here");
        follower.Look();
        Assert.That(words.About(bench.School.Address, places, Random), Is.Null, "the file still holds it");
        Assert.That(custody.Scrub(), Is.True);
        list.NoteScrubbed();

        ErasureWord word = words.About(bench.School.Address, places, Random)!;

        Assert.That(Verify(word).Verdict, Is.EqualTo(Verdict.Passed));
        ErasureWordBody body = ErasureWordBody.Parser.ParseFrom(word.Body);
        body.Places.Indexes[0] = 2;
        word.Body = body.ToByteString();
        Assert.That(Verify(word).Verdict, Is.EqualTo(Verdict.Failed));
    }

    private RangeName Range() => RangeName.OfRecords(bench.Llpc(), bench.School.Address);

    private void Copy() => custody.AddAll(
    [
        .. bench.Reader.Records(bench.Llpc(), bench.School.Address, 4).Cast<RecordLeaf>().Select((leaf, at) =>
            new VerifiedCopy(Range(), leaf, KeptRecord.Of(
                bench.Store.Find(RecordType.XapiStatement, Statements.Id(at + 1))!))),
    ]);

    // What a reader took over by a grant, with its receipt.
    private void CopyGranted() => copies.Keep(
    [
        .. bench.Reader.Records(bench.Llpc(), bench.School.Address, 4).Cast<RecordLeaf>().Select(leaf => new KeptCopy(
            new CopyGroupName(bench.Llpc(), bench.School.Address, 1), 0, bench.School.Address, 1,
            new ReleasedRecord { Leaf = leaf }, [])),
    ],
    nowUnixMs: 1);

    private VerificationReport Verify(ErasureWord word)
    {
        Assert.That(TrustRoot.TryFromGenesis(bench.Ledger.GenesisBytes, out TrustRoot? trust), Is.True);
        ProofFile file = new()
        {
            Erasure = new ErasureReceipt { Version = ProofVerifier.Version, Words = { word } },
        };
        return ProofVerifier.Verify(file.ToByteArray(), trust!);
    }
}
