using System.Text;
using Ledger.Node.Anchoring;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Sealing;

/// <summary>Pairs of accounts and learners, and accounts of claims, rest sealed in the ledger's database.</summary>
public sealed class PairSealingTests
{
    private const string Account = "https://lms.example.org|canary7f3a";
    private const string Other = "https://lms.example.org|other";

    private static readonly byte[] Order = new byte[16];
    private static readonly byte[] Canary = Encoding.UTF8.GetBytes("canary7f3a");

    private readonly Address learner = TestLedger.FixedKey(8).Address;

    private DatabaseFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new DatabaseFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_pair_is_found_and_listed_and_stands_nowhere_in_clear()
    {
        LearnerPairs pairs = Pairs();
        pairs.Set(Account, learner);
        pairs.Set(Other, learner);
        new ClaimBook(folder.Database, folder.Keys).Keep([(7UL, [Account, Other])]);
        folder.Reopen();

        RequireSilent();
        pairs = Pairs();
        Assert.That(pairs.Find(Account), Is.EqualTo(learner));
        Assert.That(pairs.Find("nobody"), Is.Null);
        Assert.That(
            pairs.From(null).Select(static pair => pair.ActorKey), Is.EquivalentTo(new[] { Account, Other }));
        string[] page = [.. pairs.From(null).Select(static pair => pair.ActorKey)];
        Assert.That(
            pairs.From(pairs.CursorOf(page[1])).Select(static pair => pair.ActorKey), Is.EqualTo(page[1..]));
        (ulong claim, IReadOnlyList<string> accounts) = new ClaimBook(folder.Database, folder.Keys).From(0).Single();
        Assert.That(claim, Is.EqualTo(7));
        Assert.That(accounts, Is.EqualTo(new[] { Account, Other }));
    }

    [Test]
    public void A_pair_that_was_erased_is_read_from_no_older_copy()
    {
        LearnerPairs pairs = Pairs();
        pairs.Set(Account, learner);
        pairs.Set(Other, learner);
        KeyValuePair<byte[], byte[]>[] older = [.. folder.Database.Scan(LedgerColumns.Pairs, [])];
        pairs.Erase([Account], Order);
        Assert.That(pairs.HasErased(Order));

        foreach ((byte[] key, byte[] value) in older)
        {
            folder.Put(LedgerColumns.Pairs, key, value);
        }

        Assert.That(pairs.Find(Account), Is.Null);
        Assert.That(pairs.Find(Other), Is.EqualTo(learner));
        Assert.That(pairs.From(null).Single().ActorKey, Is.EqualTo(Other));
        pairs.Erase([], Order);
        Assert.That(folder.Database.Scan(LedgerColumns.Pairs, [3]).Count(), Is.EqualTo(1), "what nobody opens goes");
    }

    [Test]
    public void An_account_that_was_erased_from_a_claim_is_read_from_no_older_copy()
    {
        ClaimBook claims = new(folder.Database, folder.Keys);
        claims.Keep([(7UL, [Account, Other]), (8UL, [Other])]);
        (byte[] key, byte[] older) = folder.Database.Scan(LedgerColumns.Pairs, [0]).First();

        claims.Reduce([(7UL, [Other])]);
        Assert.That(claims.From(0).Select(static one => one.ActorKeys), Is.All.EqualTo(new[] { Other }));
        Assert.That(claims.From(0).Count(), Is.EqualTo(2));
        folder.Put(LedgerColumns.Pairs, key, older);
        Assert.That(claims.From(0).Select(static one => one.Claim), Is.EqualTo(new[] { 8UL }));
    }

    [Test]
    public void A_pair_that_is_taken_away_and_set_again_is_there()
    {
        LearnerPairs pairs = Pairs();
        pairs.Set(Account, learner);
        pairs.Set(Account, null);
        Assert.That(pairs.Find(Account), Is.Null);
        pairs.Set(Account, learner);
        Assert.That(pairs.Find(Account), Is.EqualTo(learner));
    }

    [Test]
    public void Pairs_and_claims_of_an_earlier_version_are_sealed_in_batches_and_leave_the_files()
    {
        for (int number = 0; number < 1_100; number++)
        {
            folder.Put(
                LedgerColumns.Pairs, Encoding.UTF8.GetBytes($"{Account}-{number}"),
                TestLedger.FixedKey(8 + (number % 3)).Address.ToArray());
        }

        folder.Put(
            LedgerColumns.Pairs, [0, 0, 0, 0, 0, 0, 0, 0, 5], Encoding.UTF8.GetBytes($"{Account}\n{Other}"));
        folder.Put(LedgerColumns.Pairs, [1, .. learner.ToArray()], new byte[8]);
        Assert.That(KeyFolder.HoldsIn(Path.GetDirectoryName(folder.Data)!, Canary), "the search finds what is there");

        for (int start = 0; start < 2; start++)
        {
            new ClaimBook(folder.Database, folder.Keys).SealPlain();
            Pairs().SealPlain();
            folder.Reopen();
        }

        RequireSilent();
        Assert.That(Pairs().From(null).Count(), Is.EqualTo(1_100));
        Assert.That(Pairs().Find($"{Account}-1099"), Is.EqualTo(TestLedger.FixedKey(8 + (1_099 % 3)).Address));
        Assert.That(
            new ClaimBook(folder.Database, folder.Keys).From(0).Single().ActorKeys,
            Is.EqualTo(new[] { Account, Other }));
        Assert.That(folder.Database.Get(LedgerColumns.Pairs, [1, .. learner.ToArray()]), Has.Length.EqualTo(8));
    }

    private LearnerPairs Pairs() => new(folder.Database, folder.Keys);

    private void RequireSilent() =>
        Assert.That(KeyFolder.HoldsIn(Path.GetDirectoryName(folder.Data)!, Canary), Is.False);
}
