using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Erasure;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Erasure;

/// <summary>Whom the writer asks: whoever it gave the record to, or might have. Rule E-8.</summary>
public sealed class HolderSearchTests
{
    private const int Records = 4;
    private const ulong Erased = 1;
    private const string Answered = "http://adlnet.gov/expapi/verbs/answered";

    private readonly EncryptionKey own = EncryptionKey.Create();
    private ErasureBench bench = null!;
    private SealedOpenings openings = null!;
    private HolderSearch search = null!;

    private SigningKey East => bench.Ledger.Identities[1];

    private SigningKey West => bench.Ledger.Identities[2];

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        bench.Pairs.Set(ActorKey.OfAccount(Statements.HomePage, "student-17"), bench.Learner.Address);
        bench.Anchor([.. Enumerable.Range(1, Records).Select(number => Statements.Intake(number))]);
        openings = new SealedOpenings(Path.Combine(bench.Folder, "trail.sqlite"));
        search = new HolderSearch(bench.School.Address, bench.Chain, bench.Reader, openings, own);
    }

    [TearDown]
    public void End()
    {
        openings.Dispose();
        bench.Dispose();
    }

    [OneTimeTearDown]
    public void EndAll() => own.Dispose();

    [Test]
    public void Whoever_read_it_is_asked_and_who_read_something_else_is_not()
    {
        Read(East.Address, fromIndex: 0, records: Records);
        Read(East.Address, fromIndex: 1, records: 3);
        Read(West.Address, fromIndex: 2, records: 2);
        Read(West.Address, fromIndex: 0, records: 0);
        Read(West.Address, fromIndex: 0, records: Records, isFeatures: true);
        Read(West.Address, fromIndex: 0, records: Records, verb: Answered);
        Erase();
        Read(West.Address, fromIndex: 0, records: 3);

        ErasureHolders found = search.Of([Places()]);

        Assert.That(
            found.Holders.Select(static one => (one.Holder, one.Reads)),
            Is.EqualTo(new[] { (bench.School.Address.ToField(), 0UL), (East.Address.ToField(), 2UL) }));
        Assert.That(found.Holders.Select(static one => one.ErasedHeight), Has.All.GreaterThan(0));
        Assert.That(found.ReadsNotShown, Is.Zero);
    }

    [Test]
    public void Whoever_had_a_grant_is_asked_though_it_ended_before_and_though_no_read_is_known()
    {
        Grant(East);
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, Statements.Viewed, 1));
        Erase();
        Grant(West);

        ErasureHolders found = search.Of([Places()]);

        Assert.That(
            found.Holders.Select(static one => (one.Holder, one.Granted)),
            Is.EqualTo(new[] { (bench.School.Address.ToField(), false), (East.Address.ToField(), true) }));
    }

    [Test]
    public void A_reader_that_is_no_institution_is_named_as_a_person()
    {
        using SigningKey guardian = SigningKey.Create();
        Read(guardian.Address, fromIndex: 0, records: Records);
        Erase();

        ErasureHolder holder = search.Of([Places()]).Holders[^1];

        Assert.That((holder.Holder, holder.Person), Is.EqualTo((guardian.Address.ToField(), true)));
    }

    [Test]
    public void Reads_that_this_node_cannot_open_are_counted()
    {
        bench.Decide([bench.School], Operations.TrailAppend(
            bench.Learner.Address, [TaggedHash.Of("test/entry"u8, default)]));
        Erase();

        Assert.That(search.Of([Places()]).ReadsNotShown, Is.EqualTo(1));
    }

    private void Grant(SigningKey grantee) => bench.Decide([bench.Learner], Operations.LlpcGrant(
        bench.Learner.Address, Statements.Viewed, grantee.Address, new Rights { Read = true }, 0, 0, []));

    private void Erase()
    {
        bench.Orders.OfRecord(Statements.Id((int)Erased + 1));
        bench.EraseAll();
    }

    // As the box enters a read before it answers.
    private void Read(
        Address reader, ulong fromIndex, ulong records, bool isFeatures = false, string verb = Statements.Viewed)
    {
        TrailEntry entry = new()
        {
            Salt = TrailEntries.FreshSalt(),
            Box = bench.School.Address.ToField(),
            Reader = reader.ToField(),
            Learner = bench.Learner.Address.ToField(),
            Verb = verb,
            Height = bench.Chain.Head.Height,
            FromIndex = fromIndex,
            Records = records,
            Features = isFeatures,
        };
        SealedOpening opening = new(bench.Learner.Address, TrailEntries.CommitmentOf(entry), SealedMessages.Seal(
            entry.ToByteArray(),
            [(bench.School.Address, new PublicKeyBytes(own.PublicKey))],
            TrailEntries.Purpose));
        openings.AddAll([opening]);
        bench.Decide([bench.School], Operations.TrailAppend(bench.Learner.Address, [opening.Commitment]));
    }

    private ErasedPlaces Places() => new()
    {
        Learner = bench.Learner.Address.ToField(), Verb = Statements.Viewed, Indexes = { Erased },
    };
}
