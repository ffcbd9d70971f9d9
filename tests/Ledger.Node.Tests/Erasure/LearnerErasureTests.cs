using System.Text;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Contracts.State;
using Ledger.Node.Erasure;
using Ledger.Node.Integrity;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Records.Privacy;

namespace Ledger.Node.Tests.Erasure;

/// <summary>
/// A learner of whom a node keeps everything that it can keep is erased: the same search that found the learner in its
/// files finds nothing after it.
/// </summary>
public sealed class LearnerErasureTests
{
    private const int Others = 40;

    private static readonly string Account = ActorKey.OfAccount(Statements.HomePage, Canary.Account);

    private ErasureBench bench = null!;

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        Fill();
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void Nothing_of_the_learner_is_in_any_file_of_the_node_and_the_others_are_as_they_were()
    {
        RequireAccount(isThere: true);

        OrderId order = bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();

        ErasureOrder done = bench.List.Orders().Single(one => one.Id == order);
        Assert.That((done.Records, done.IsDone), Is.EqualTo((5UL, true)));
        Assert.That(Traces().Where(static file => !IsListOfTables(file)), Is.Empty, "while the files are open");
        bench.Restart();
        Assert.That(Traces(), Is.Empty, "after a restart");
        RequireAccount(isThere: false);
        RequireOthers();
        RequireSound(erased: 4);
    }

    [Test]
    public void Where_the_learner_was_told_of_requests_is_forgotten_and_others_are_told_as_before()
    {
        using SigningKey other = SigningKey.Create();
        NoticeAddressPair told = new(string.Empty, "learner@north.example", bench.Clock.Now);
        bench.Notices.Set(bench.Learner.Address, told);
        bench.Notices.Set(other.Address, told);
        byte[] ofLearner = bench.Keys.Seal(PersonKeys.Learner(bench.Learner.Address), "row"u8, "content"u8);
        byte[] ofOther = bench.Keys.Seal(PersonKeys.Learner(other.Address), "row"u8, "content"u8);
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();

        Assert.That(bench.Notices.Find(bench.Learner.Address), Is.Null);
        Assert.That(bench.Notices.Find(other.Address), Is.Not.Null);
        Assert.That(bench.Keys.Open("row"u8, ofLearner).IsKeyErased, "what the address names in any copy");
        Assert.That(bench.Keys.Open("row"u8, ofOther).IsKeyErased, Is.False);
        Assert.That(bench.List.ErasedKeys(), Does.Contain(PersonKeys.KeyIdOf(ofLearner)), "and in copies of the keys");
    }

    [Test]
    public void Whoever_has_no_account_is_forgotten_as_well_and_is_kept_while_another_account_is_paired()
    {
        using SigningKey unpaired = SigningKey.Create();
        NoticeAddressPair told = new(string.Empty, "learner@north.example", bench.Clock.Now);
        bench.Notices.Set(unpaired.Address, told);
        byte[] shared = bench.Keys.Seal(PersonKeys.Learner(unpaired.Address), "row"u8, "content"u8);
        bench.Orders.OfLearner(unpaired.Address);
        bench.EraseAll();
        Assert.That(bench.Notices.Find(unpaired.Address), Is.Null);
        Assert.That(bench.Keys.Open("row"u8, shared).IsKeyErased);

        // An account that was paired after the order is another matter than what it named.
        bench.Notices.Set(unpaired.Address, told);
        bench.Orders.OfLearner(unpaired.Address);
        bench.Pairs.Set("https://lms.example.org|later", unpaired.Address);
        bench.EraseAll();
        Assert.That(bench.Notices.Find(unpaired.Address), Is.Not.Null);
    }

    [Test]
    public void A_backup_from_before_is_erased_again_before_anything_is_served()
    {
        string copy = bench.CopyOfRecords();
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();

        bench.Restart(() => bench.PutBack(copy));

        Assert.That(Traces(), Is.Empty);
        RequireOthers();
        Assert.That(bench.List.HasWork, Is.False);
    }

    [Test]
    public void A_backup_without_the_list_is_erased_by_the_tombstones_of_the_ledger()
    {
        string copy = bench.CopyOfRecords();
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();
        // A key that no list names is lost, not erased; here the orders alone are gone.
        IReadOnlyList<long> keys = bench.List.ErasedKeys();

        bench.Restart(() =>
        {
            bench.PutBack(copy);
            foreach (string file in Directory.GetFiles(Path.GetDirectoryName(bench.Data)!, "*erasures*"))
            {
                File.Delete(file);
            }

            using ErasureList again = new(bench.Data + ".erasures.sqlite");
            again.NoteKeys(keys);
        });

        // What was never on the ledger is told by the list alone: without it its key is gone all the same.
        Assert.That(bench.Store.List(Query(Account)), Is.Empty);
        Assert.That(bench.Store.Find(RecordType.XapiStatement, Statements.Id(5))!.Committed.Length, Is.Zero);
        Assert.That(
            Enumerable.Range(1, 4).Select(number => bench.Store.IsErased(Statements.Id(number))), Has.All.True);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_process_that_ends_after_any_round_goes_on(int rounds)
    {
        bench.Orders.OfLearner(bench.Learner.Address);
        for (int round = 0; round < rounds; round++)
        {
            bench.Round.Look();
            if (round % 2 == 1)
            {
                bench.DecideTold();
            }
        }

        bench.Restart();
        bench.EraseAll();

        bench.Restart();
        Assert.That(Traces(), Is.Empty);
        RequireSound(erased: 4);
    }

    [Test]
    public void What_was_erased_does_not_come_in_again_and_the_store_says_erased()
    {
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();
        RecordIntake intake = new(bench.Store, TimeProvider.System, static _ => true);

        Assert.That(
            () => intake.TakeStatements(Canary.Statement(2).Bytes(), "moodle"),
            Throws.TypeOf<ErasedRecordException>());
        StoredRecord left = bench.Store.Find(RecordType.XapiStatement, Statements.Id(2))!;
        Assert.That((left.State, left.ActorKey, left.Committed.Length), Is.EqualTo((RecordState.Erased, "", 0)));
        Assert.That(bench.Store.FindStatement(Statements.Id(2), isVoided: false), Is.Null);
    }

    [Test]
    public void A_learner_who_comes_back_keeps_what_is_new()
    {
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();
        bench.Pairs.Set(Account, bench.Learner.Address);
        bench.Anchor(Statements.Read(Canary.Statement(7).ToJsonString()));

        bench.Restart();

        Assert.That(bench.Pairs.Find(Account), Is.EqualTo(bench.Learner.Address));
        Assert.That(bench.Store.List(Query(Account)), Has.Count.EqualTo(1));
    }

    [Test]
    public void One_record_goes_and_the_rest_of_the_learner_stays()
    {
        OrderId order = bench.Orders.OfRecord(Statements.Id(3))!.Value;
        bench.EraseAll();

        Assert.That(bench.List.Of(order).Single().ErasedHeight, Is.Positive);
        Assert.That(bench.Store.List(Query(Account)), Has.Count.EqualTo(4));
        Assert.That(bench.Orders.OfRecord(Statements.Id(99)), Is.Null);
        RequireSound(erased: 1);
    }

    private void Fill()
    {
        bench.Pairs.Set(Account, bench.Learner.Address);
        bench.Pairs.Set(ActorKey.OfAccount(Statements.HomePage, "student-17"), bench.Learner.Address);
        bench.Pairs.Set(ActorKey.OfAccount(Statements.HomePage, "student-17"), null);
        bench.Anchor(
            [.. Enumerable.Range(1, 4).Select(number => Statements.Read(Canary.Statement(number).ToJsonString()))]);
        bench.Store.AddAll([.. Enumerable.Range(100, Others).Select(number => Statements.Intake(number))], "moodle");
        bench.Pairs.Set(Account, null);
        bench.Store.AddAll([Statements.Read(Canary.Statement(5).ToJsonString())], "moodle");
        bench.Pairs.Set(Account, bench.Learner.Address);
        bench.Store.Documents.Change(
            new DocumentScope(DocumentKind.State, "https://a.org", Account, string.Empty, false),
            "place",
            static _ => new DocumentChange.Keep("text/plain", Encoding.UTF8.GetBytes(Canary.Text)));
        bench.Links.Refuse("other", new RefusedRecord(
            "", "/verb", "required", "No verb.", Encoding.UTF8.GetBytes($"{{\"name\":\"{Canary.Account}\"}}")));
        bench.Roster.Keep(
        [
            new RosterClass("c1", "Algebra", "", [new RosterMember("student", [Account]), new RosterMember(
                "student", ["https://lms.example.org|student-17"])]),
        ]);
        bench.Claims.Keep([(1UL, [Account]), (2UL, [Account, "https://lms.example.org|student-18"])]);
    }

    private static RecordQuery Query(string account) =>
        new(null, account, null, null, null, null, Ascending: true, RecordQuery.LimitMax);

    private string[] Traces() =>
    [
        .. Directory.EnumerateFiles(bench.Folder, "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(bench.Data)!, "*", SearchOption.AllDirectories))
            .Where(static file => new FileInfo(file).Length > 0)
            .Where(Holds),
    ];

    // It names the least and the greatest key of each table until the next start.
    private static bool IsListOfTables(string path) =>
        Path.GetFileName(path).StartsWith("MANIFEST", StringComparison.Ordinal);

    private static bool Holds(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes).Contains(Canary.Mark, StringComparison.OrdinalIgnoreCase);
    }

    // Files hold nothing of it in clear, so that the node itself is asked.
    private void RequireAccount(bool isThere)
    {
        Assert.That(bench.Pairs.Find(Account).HasValue, Is.EqualTo(isThere), "pair");
        Assert.That(bench.Roster.Accounts().Contains(Account), Is.EqualTo(isThere), "class");
        Assert.That(bench.Links.Refused("other", 0, 10).Count > 0, Is.EqualTo(isThere), "refused record");
        Assert.That(
            bench.Claims.From(0).Any(static claim => claim.ActorKeys.Contains(Account)), Is.EqualTo(isThere), "claim");
    }

    private void RequireOthers() => Assert.That(
        Enumerable.Range(100, Others).Select(number => bench.Store.FindStatement(Statements.Id(number), false)),
        Has.All.Not.Null);

    private void RequireSound(ulong erased)
    {
        Assert.That(bench.Chain.Head.State.RecordRange(bench.Llpc(), bench.School.Address).Erased, Is.EqualTo(erased));
        IntegrityReport report = StoreInspection.Run(
            bench.Database, bench.Ledger.ChainId, Ed25519Verifier.Instance, static (_, _) => { });
        Assert.That(report.Findings, Is.Empty);
    }
}
