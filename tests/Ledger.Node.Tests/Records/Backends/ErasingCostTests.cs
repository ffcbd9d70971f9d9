using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Backends.Sealed;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>What erasing costs does not grow with what rests in the store.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ErasingCostTests(StoreKind kind) : StoreFixture(kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public void One_statement_with_an_attachment_is_erased_without_reading_all_of_its_account()
    {
        const int Count = 200;
        const int TextBytes = 100_000;
        Store.AddAll([Heroine.Statement(1)], [Heroine.Attachment], "a");
        Store.AddAll([Heroine.Statement(2)], "a");
        foreach (int[] some in Enumerable.Range(10, Count).Chunk(20))
        {
            Store.AddAll([.. some.Select(number => Long(number, TextBytes))], "a");
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Store.Erase([new RecordLocator(1, StoreFolder.Key().Hash(Statements.Id(1)))]);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.LessThan(Count * TextBytes / 4));
        Assert.That(Store.Attachment(Heroine.Attachment.Digest), Is.Not.Null, "the second statement names it");
    }

    [Test]
    public void Accounts_are_looked_through_by_pages_while_somebody_writes()
    {
        int count = AccountTexts.PageRows + 10;
        Store.AddAll([.. Enumerable.Range(1, count).Select(Named)], "a");
        DocumentScope scope =
            new(DocumentKind.AgentProfile, string.Empty, "https://a.org|owner", string.Empty, HasRegistration: false);
        Keep(scope, static () => true);
        Task<IReadOnlyCollection<string>>? reading = null;
        Keep(scope, () =>
        {
            reading = Task.Run(() => Store.AccountsWithTraces());
            return reading.Wait(Patience);
        });
        Assert.That(reading!.IsCompletedSuccessfully, Is.True);
        Assert.That(reading.Result, Has.Count.EqualTo(count + 1));
    }

    private void Keep(DocumentScope scope, Func<bool> meanwhile) => Store.Documents.Change(scope, "id", _ =>
    {
        Assert.That(meanwhile(), Is.True, "the accounts were not read while the store's writer was at work");
        return new DocumentChange.Keep("text/plain", new byte[] { 1 });
    });

    private static IntakeRecord Named(int number)
    {
        JsonObject statement = Statements.Statement(number, $"student-{number}");
        statement["actor"]!["name"] = "A student";
        return Statements.Read(statement.ToJsonString());
    }

    private static IntakeRecord Long(int number, int bytes)
    {
        JsonObject statement = JsonNode.Parse(Heroine.Statement(number).Committed.Span)!.AsObject();
        statement.Remove("attachments");
        statement["result"] = new JsonObject { ["response"] = new string('x', bytes) };
        return Statements.Read(statement.ToJsonString());
    }
}
