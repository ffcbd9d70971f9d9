using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Erasure;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Records.Backends.Sealed;
using Ledger.Node.Tests.Records.Privacy;

namespace Ledger.Node.Tests.Erasure;

/// <summary>The store's file is written anew where it holds something erased whose key lives on, only there.</summary>
public sealed class StoreScrubTests
{
    private const string Learner = "student-99";

    private static readonly string Account = ActorKey.OfAccount(Statements.HomePage, Learner);

    private ErasureBench bench = null!;

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        bench.Store.AddAll([Statements.Intake(100), Statements.Intake(101)], "moodle");
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void Whose_statements_told_nothing_of_others_goes_with_the_key_alone()
    {
        bench.Pairs.Set(Account, bench.Learner.Address);
        bench.Store.AddAll([Statements.Intake(1, Learner), Statements.Intake(2, Learner)], "moodle");
        long before = SchemaVersion();
        OrderId whole = bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();
        Assert.That(bench.List.Of(whole).Select(static one => one.Stage), Is.All.EqualTo(ErasureStage.Scrubbed));
        Assert.That(SchemaVersion(), Is.EqualTo(before));

        bench.Orders.OfRecord(Statements.Id(100));
        bench.EraseAll();
        Assert.That(SchemaVersion(), Is.GreaterThan(before), "a single record's key lives on");
    }

    [Test]
    public void What_a_statement_told_of_another_stands_under_a_key_that_lives_on()
    {
        string account = ActorKey.OfAccount(Statements.HomePage, Canary.Account);
        bench.Pairs.Set(account, bench.Learner.Address);
        bench.Store.AddAll([Statements.Read(Canary.Statement(1).ToJsonString())], "moodle");
        long before = SchemaVersion();
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();

        Assert.That(bench.Store.Names(Heroine.Mailbox, 9), Is.Empty);
        Assert.That(SchemaVersion(), Is.GreaterThan(before), "the instructor's name is under the instructor's key");
    }

    [Test]
    public void A_single_record_among_more_than_one_step_of_a_learners_is_written_over()
    {
        const int Step = 10_000;
        bench.Pairs.Set(Account, bench.Learner.Address);
        foreach (int[] some in Enumerable.Range(1_000, Step).Chunk(1_000))
        {
            bench.Store.AddAll([.. some.Select(static number => Statements.Intake(number, Learner))], "moodle");
        }

        // The list gives records in the order of their hashed ids: this one comes after all of the first step.
        int last = Enumerable.Range(100_000, 200_000).MaxBy(Hashed);
        bench.Store.AddAll([Statements.Intake(last)], "moodle");
        long before = SchemaVersion();
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.Orders.OfRecord(Statements.Id(last));
        bench.Erasing.Look();
        Assert.That(
            bench.List.At(ErasureStage.Listed, Step), Has.Count.EqualTo(1), "it stands in the second step");

        bench.Erasing.Look();
        Assert.That(bench.List.At(ErasureStage.Scrubbed, 2 * Step), Has.Count.EqualTo(Step + 1));
        Assert.That(SchemaVersion(), Is.GreaterThan(before));
    }

    [Test]
    public void In_an_older_copy_what_only_the_erased_learner_told_of_an_activity_goes_again()
    {
        string account = Heroine.Account;
        bench.Pairs.Set(account, bench.Learner.Address);
        bench.Store.AddAll([Heroine.Statement(1)], [Heroine.Attachment], "moodle");
        string copy = bench.CopyOfRecords();
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();
        Assert.That(bench.Store.Definition(Heroine.Activity), Is.Null);

        bench.Restart(() => bench.PutBack(copy));
        Assert.That(bench.Store.Definition(Heroine.Activity), Is.Null);
        Assert.That(bench.Store.EraseUntold(static () => { }), Is.False, "it was done");
        Assert.That(bench.List.HasWork, Is.False, "and the file is written anew");
    }

    private static UInt128 Hashed(int number) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(
        StoreFolder.Key().Hash(Statements.Id(number)).ToArray());

    // A file that is written anew gets another one.
    private long SchemaVersion()
    {
        using DbConnection reader = RecordDatabase.OpenReader(Path.Combine(bench.Folder, "records.db"));
        return (long)RecordDatabase.Scalar(reader, null, "PRAGMA schema_version")!;
    }
}
