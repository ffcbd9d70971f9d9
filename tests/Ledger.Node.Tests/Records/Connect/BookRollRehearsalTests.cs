using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Client.Records;
using Ledger.Contracts.Verbs;
using Ledger.Node.Records;
using Ledger.Node.Records.Import;
using Ledger.Node.Records.Mapping;

namespace Ledger.Node.Tests.Records.Connect;

/// <summary>BookRoll's operations, as statements and as rows of its log: docs/connect/bookroll.md.</summary>
public sealed partial class BookRollRehearsalTests
{
    private const string Address = "https://bookroll.north.example";

    private static readonly BookRollSource Source = new(Address, TimeSpan.FromHours(9));

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
    public void EveryOperationOfTheTableInTheWorkloadHasThatVerbAndTheVerbHasACode()
    {
        string workload = File.ReadAllText(PagePath("workload.md"));
        string table = workload[workload.IndexOf("### BookRoll: 42 operations", StringComparison.Ordinal)..];
        (string Name, string Verb)[] rows =
        [
            .. RowPattern().Matches(table).Select(match => (match.Groups["name"].Value, match.Groups["verb"].Value)),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Length.EqualTo(42));
            Assert.That(BookRollOperations.Names, Has.Count.EqualTo(42));
            foreach ((string name, string verb) in rows)
            {
                Assert.That(BookRollOperations.VerbOf(name, Address), Is.EqualTo(verb), name);
                Assert.That(VerbTable.Standard.TryGet(verb, out Verb? _), verb);
            }
        });
    }

    [TestCase("ADD MARKER")]
    [TestCase("ADD_MARKER")]
    [TestCase("add marker")]
    public void AnOperationIsOneVerbHoweverItIsSpelled(string name) => Assert.That(
        BookRollOperations.VerbOf(name, Address), Is.EqualTo("http://risc-inc.com/annotator/verbs/annotated"));

    [Test]
    public void ARowOfTheLogIsARecordOfItsAccountVerbAndTimeAndTheSameRowAgainIsTheSameRecord()
    {
        JsonObject row = Row(17, "ADD MARKER");
        LinesResult first = Take(row);
        LinesResult again = Take(row);
        StoredRecord record = Stored().Single();
        Assert.Multiple(() =>
        {
            Assert.That((first.Added, again.Added, again.Known), Is.EqualTo((1, 0, 1)));
            Assert.That(record.ActorKey, Is.EqualTo(Address + "|8@2f0e5d8a"));
            Assert.That(record.VerbIri, Is.EqualTo("http://risc-inc.com/annotator/verbs/annotated"));
            Assert.That(record.Time, Is.EqualTo(new DateTimeOffset(2026, 4, 1, 0, 30, 0, TimeSpan.Zero)));
            Assert.That(
                Encoding.UTF8.GetString(record.Committed.Span),
                Does.Contain("\"page_no\":4").And.Contain("/book/view?contents=0a1b"));
        });
    }

    [Test]
    public void TheOtherSpellingOfTheColumnsIsReadToo()
    {
        JsonObject row = new()
        {
            ["operationname"] = "NEXT", ["userid"] = "8", ["contentsid"] = "0a1b",
            ["eventtime"] = "2026-04-01T09:30:00+09:00",
        };
        Take(row);
        Assert.That(
            Stored().Single().Time, Is.EqualTo(new DateTimeOffset(2026, 4, 1, 0, 30, 0, TimeSpan.Zero)));
    }

    [Test]
    public void AnOperationThatNobodyKnowsKeepsItsNameInAnIri()
    {
        Take(Row(1, "SHAKE THE DEVICE"));
        Assert.That(Stored().Single().VerbIri, Is.EqualTo(Address + "/operations/SHAKE_THE_DEVICE"));
    }

    [TestCase("event_time", "yesterday", "/event_time", "timestamp")]
    [TestCase("actor_account_name", "", "/actor_account_name", "required")]
    [TestCase("contents_id", null, "/contents_id", "required")]
    public void ARowWithoutWhatARecordNeedsIsRefusedWithItsRule(string name, string? value, string path, string rule)
    {
        JsonObject row = Row(1, "NEXT");
        row.Remove(name);
        if (value is not null)
        {
            row[name] = value;
        }

        LineRefusal refusal = Take(row).Refused.Single();
        Assert.That((refusal.Number, refusal.Path, refusal.Rule), Is.EqualTo((1UL, path, rule)));
    }

    [Test]
    public async Task AStatementAsItHappensIsTakenWithItsOwnVerbAsync()
    {
        await using RecordServer server = await RecordServer.StartAsync();
        JsonObject statement = Statements.Statement(1, "8@2f0e5d8a", "http://activitystrea.ms/schema/1.0/read");
        statement["context"] = new JsonObject
        {
            ["platform"] = "BookRoll",
            ["extensions"] = new JsonObject { [Address + "/extensions/operation_name"] = "NEXT" },
        };
        HttpResponseMessage answer = await server.PostAsync("/xAPI/statements", statement);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private static JsonObject Row(int id, string operation) => new()
    {
        ["_id"] = id, ["operation_name"] = operation, ["actor_account_name"] = "8@2f0e5d8a",
        ["contents_id"] = "0a1b", ["contents_name"] = "Unit 1", ["page_no"] = 4, ["marker"] = null,
        ["event_time"] = "2026-04-01 09:30:00",
    };

    private LinesResult Take(JsonObject row) =>
        new LineImport(new RecordIntake(store, folder.Clock, static _ => true)).Take([(1UL, row.Bytes())], Source);

    private IReadOnlyList<StoredRecord> Stored() => store.List(
        new RecordQuery(RecordType.XapiStatement, null, null, null, null, null, Ascending: true, 100));

    private static string PagePath(string name, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", name);

    [GeneratedRegex("""^\| `(?<name>[A-Z_ ]+)`[^|]*\| `(?<verb>http[^`]+)`""", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
