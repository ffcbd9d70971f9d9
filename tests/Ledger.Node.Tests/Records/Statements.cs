using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records;

/// <summary>Records for tests.</summary>
internal static class Statements
{
    public const string HomePage = "https://lms.example.org";
    public const string Viewed = "http://id.tincanapi.com/verb/viewed";
    public const string Caliper = """
        {"@context":"http://purl.imsglobal.org/ctx/caliper/v1p1","id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
         "type":"NavigationEvent","actor":{"id":"https://example.edu/users/554433","type":"Person"},
         "action":"NavigatedTo","object":{"id":"https://example.edu/pages/2","type":"WebPage"},
         "eventTime":"2018-11-15T10:15:00.000Z"}
        """;

    /// <summary>An envelope of Caliper 1.1 with these events and entities.</summary>
    public static JsonObject Envelope(params JsonNode[] data) => new()
    {
        ["sensor"] = "https://example.edu/sensors/1",
        ["sendTime"] = "2018-11-15T11:05:01.000Z",
        ["dataVersion"] = "http://purl.imsglobal.org/ctx/caliper/v1p1",
        ["data"] = new JsonArray([.. data.Select(one => one.DeepClone())]),
    };

    public static string Id(int number) =>
        $"7c0a9a7b-7f0d-4f5b-9a29-{number.ToString("x12", CultureInfo.InvariantCulture)}";

    public static JsonObject Statement(int number, string student = "student-17", string verb = Viewed) => new()
    {
        ["id"] = Id(number),
        ["timestamp"] = "2019-06-03T09:15:00Z",
        ["actor"] = new JsonObject { ["account"] = new JsonObject { ["homePage"] = HomePage, ["name"] = student } },
        ["verb"] = new JsonObject { ["id"] = verb },
        ["object"] = new JsonObject { ["id"] = "https://lms.example.org/course/view.php?id=2" },
    };

    public static JsonArray List(int first, int count) =>
        new([.. Enumerable.Range(first, count).Select(number => Statement(number))]);

    public static byte[] Bytes(this JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    public static IntakeRecord Intake(int number, string student = "student-17", string verb = Viewed) =>
        Read(Statement(number, student, verb).ToJsonString());

    public static IntakeRecord Read(string json, RecordType type = RecordType.XapiStatement) => StatementRules.Read(
        type,
        JsonTree.Parse(Encoding.UTF8.GetBytes(json)).Root,
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Guid.Parse("00000000-0000-4000-8000-0000000000ff"));
}
