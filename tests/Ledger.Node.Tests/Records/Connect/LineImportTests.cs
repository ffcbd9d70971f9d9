using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Tests.Records.Connect;

/// <summary>Lines of files: taken once, refused one by one.</summary>
public sealed class LineImportTests
{
    private StoreFolder folder = null!;
    private RecordStore store = null!;

    [SetUp]
    public void Open()
    {
        folder = new StoreFolder();
        store = folder.Open();
    }

    [TearDown]
    public void Close()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Test]
    public void StatementsAndEventsAreTakenAndWrongLinesAreNamedWithTheirRules()
    {
        JsonObject wrong = Statements.Statement(2);
        wrong["verb"] = new JsonObject();
        LinesResult result = Take(
            Statements.Statement(1).ToJsonString(), wrong.ToJsonString(), "no json", "[]", "{\"a\":1}",
            Statements.Caliper.ReplaceLineEndings(" "), "{\"operation_name\":\"NEXT\"}",
            "{\"verb\":1,\"verb\":2}");
        Assert.Multiple(() =>
        {
            Assert.That((result.Added, result.Known, result.OptedOut), Is.EqualTo((2, 0, 0)));
            Assert.That(
                result.Refused.Select(one => (one.Number, one.Path, one.Rule)),
                Is.EqualTo(new[]
                {
                    (2UL, "/verb/id", "required"), (3UL, "", "json.syntax"), (4UL, "", "record.object"),
                    (5UL, "", "import.kind"), (7UL, "", "import.bookroll"), (8UL, "", "json.syntax"),
                }));
        });
    }

    [Test]
    public void AFileThatIsHandedInAgainChangesNothingAlsoWithoutIds()
    {
        JsonObject nameless = Statements.Statement(1);
        nameless.Remove("id");
        JsonObject timeless = Statements.Statement(2);
        timeless.Remove("id");
        timeless.Remove("timestamp");
        string[] lines = [nameless.ToJsonString(), timeless.ToJsonString(), Statements.Statement(3).ToJsonString()];
        LinesResult first = Take(lines);
        folder.Clock.Now += TimeSpan.FromHours(1);
        LinesResult again = Take(lines);
        Assert.That(
            (first.Added, first.Known, again.Added, again.Known, again.Refused.Count),
            Is.EqualTo((3, 0, 0, 3, 0)));
    }

    [Test]
    public void AnotherMeaningUnderAKnownIdIsAConflictOfThatLineAlone()
    {
        Take(Statements.Statement(1).ToJsonString());
        LinesResult result = Take(
            Statements.Statement(1, student: "another").ToJsonString(), Statements.Statement(2).ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(result.Added, Is.EqualTo(1));
            Assert.That((result.Refused[0].Number, result.Refused[0].Rule), Is.EqualTo((1UL, "conflict")));
        });
    }

    [Test]
    public void WhoWantsNothingStoredIsLeftOut()
    {
        LinesResult result = Take(
            actor => !actor.EndsWith("|quiet", StringComparison.Ordinal),
            Statements.Statement(1, student: "quiet").ToJsonString(), Statements.Statement(2).ToJsonString());
        Assert.That((result.Added, result.OptedOut, result.Refused.Count), Is.EqualTo((1, 1, 0)));
    }

    private LinesResult Take(params string[] lines) => Take(static _ => true, lines);

    private LinesResult Take(Func<string, bool> mayStore, params string[] lines) =>
        new LineImport(new RecordIntake(store, folder.Clock, mayStore)).Take(
            [.. lines.Select((line, at) => ((ulong)at + 1, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)))],
            bookRoll: null);
}
