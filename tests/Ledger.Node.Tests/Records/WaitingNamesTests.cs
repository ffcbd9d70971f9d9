using System.Data.Common;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records;

/// <summary>
/// Whose records wait is remembered: what a record says is damaged once it is known, so that a test sees who opens it
/// again.
/// </summary>
public sealed class WaitingNamesTests
{
    private StoreFolder folder = null!;
    private RecordStore store = null!;

    [SetUp]
    public void Remember()
    {
        folder = new StoreFolder();
        store = folder.Open();
        store.AddAll([Statements.Intake(1, "a"), Statements.Intake(2, "b"), Statements.Intake(3, "a")], "moodle");
        Assert.That(Waiting(), Is.EqualTo(new long[] { 1, 2, 3 }));
        using DbConnection writer = new SqliteBackend(folder.File).OpenWriter();
        RecordDatabase.Execute(
            writer,
            """
            UPDATE records SET content = (SELECT o.content FROM records o WHERE o.sequence = 2)
            WHERE sequence IN (1, 3)
            """);
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Test]
    public void When_keys_of_another_account_go_no_record_of_a_known_one_is_opened()
    {
        Assert.That(Waiting(), Is.EqualTo(new long[] { 1, 2, 3 }));
        store.EraseAccounts([Account("c")], "order");
        Waiting();
        Assert.That(Waiting(), Is.EqualTo(new long[] { 1, 2, 3 }), "once the verbs are known again");
    }

    [Test]
    public void An_account_whose_keys_go_is_forgotten()
    {
        store.EraseAccounts([Account("a")], "order");
        Waiting();
        Assert.That(Waiting(), Is.EqualTo(new long[] { 2 }));
    }

    private static string Account(string student) => ActorKey.OfAccount(Statements.HomePage, student);

    private long[] Waiting() => [.. store.Outbox.PendingKeys(0, 9).Select(static key => key.Sequence)];
}
