using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>An xAPI store with as much of xAPI as links need; it never keeps two statements of one id.</summary>
internal sealed class FakeLrs
{
    private const string Raw = "raw";

    private readonly Lock gate = new();
    private readonly List<JsonObject> statements = [];
    private DateTimeOffset now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    /// <summary>Answers a list that holds a known statement with a conflict, as some stores do.</summary>
    public bool CallsKnownOnesAConflict { get; set; }

    /// <summary>What it says of itself.</summary>
    public string About { get; set; } = """{"version":["1.0.3"]}""";

    /// <summary>What stands in a page beside its statements, as it is.</summary>
    public string RawStatement { get; set; } = "";

    /// <summary>The versions that requests named.</summary>
    public HashSet<string> Versions { get; } = [];

    /// <summary>Statements of this verb are refused.</summary>
    public string? RefusedVerb { get; set; }

    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (gate)
            {
                return [.. statements.Select(one => (string)one["id"]!)];
            }
        }
    }

    /// <summary>A statement that is given as this text, which need not be JSON, unless ids are asked for.</summary>
    public static JsonObject Broken(JsonObject statement, string text)
    {
        statement[Raw] = text;
        return statement;
    }

    /// <summary>Stores statements at one moment.</summary>
    public void Add(params IEnumerable<JsonObject> added)
    {
        lock (gate)
        {
            now += TimeSpan.FromSeconds(1);
            foreach (JsonObject statement in added)
            {
                Keep(statement);
            }
        }
    }

    /// <summary>Loses a statement.</summary>
    public void Remove(string id)
    {
        lock (gate)
        {
            statements.RemoveAll(one => (string)one["id"]! == id);
        }
    }

    /// <summary>Has another statement of the same id.</summary>
    public void Replace(JsonObject statement)
    {
        Remove((string)statement["id"]!);
        Add(statement);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        string login = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("node:other-secret"));
        if (context.Request.Path == "/xapi/about")
        {
            await context.Response.WriteAsync(About);
            return;
        }

        if (context.Request.Headers.Authorization != login || context.Request.Path != "/xapi/statements")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        lock (gate)
        {
            Versions.Add(context.Request.Headers["X-Experience-API-Version"].ToString());
        }

        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        (int status, string answer) = context.Request.Method switch
        {
            "GET" => Get(context.Request.Query),
            "PUT" => Take([JsonNode.Parse(body)!.AsObject()]),
            _ => Take([.. JsonNode.Parse(body)!.AsArray().Select(one => one!.AsObject())]),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string Answer) Get(IQueryCollection query)
    {
        lock (gate)
        {
            if (query.TryGetValue("statementId", out var id))
            {
                return statements.Find(one => (string)one["id"]! == id && !IsVoided(one)) is { } kept
                    ? (200, Text(kept))
                    : (404, "{}");
            }

            if (query.TryGetValue("voidedStatementId", out var voided))
            {
                return statements.Find(one => (string)one["id"]! == voided && IsVoided(one)) is { } kept
                    ? (200, kept.ToJsonString())
                    : (404, "{}");
            }

            DateTimeOffset since = query.TryGetValue("since", out var text)
                ? DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture)
                : DateTimeOffset.MinValue;
            int skip = query.TryGetValue("skip", out var given) ? int.Parse(given!, CultureInfo.InvariantCulture) : 0;
            int limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
            bool isIds = query["format"] == "ids";
            JsonObject[] found = [.. statements.Where(one => Stored(one) > since && !IsVoided(one)).Skip(skip)];
            string more = found.Length <= limit ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"/xapi/statements?limit={limit}&skip={skip + limit}"
                + $"{(text.Count == 0 ? "" : "&since=" + Uri.EscapeDataString(text!))}{(isIds ? "&format=ids" : "")}");
            IEnumerable<string> texts = found.Take(limit).Select(one => isIds ? IdsOf(one) : Text(one));
            string[] whole = RawStatement.Length == 0 || found.Length == 0 ? [.. texts] : [RawStatement, .. texts];
            return (200, $"{{\"statements\":[{string.Join(',', whole)}],\"more\":\"{more}\"}}");
        }
    }

    private static string Text(JsonObject statement) => (string?)statement[Raw] ?? statement.ToJsonString();

    private static string IdsOf(JsonObject statement) => statement.ContainsKey(Raw)
        ? new JsonObject { ["id"] = (string)statement["id"]!, ["stored"] = (string)statement["stored"]! }.ToJsonString()
        : statement.ToJsonString();

    private (int Status, string Answer) Take(JsonObject[] added)
    {
        lock (gate)
        {
            if (added.Any(one => (string?)one["verb"]!["id"] == RefusedVerb))
            {
                return (400, "this verb is not wanted");
            }

            if (CallsKnownOnesAConflict && added.Any(IsKnown))
            {
                return (409, "known already");
            }

            now += TimeSpan.FromSeconds(1);
            foreach (JsonObject one in added.Where(one => !IsKnown(one)))
            {
                Keep(one);
            }

            return (200, "[]");
        }
    }

    private bool IsVoided(JsonObject statement) => statements.Exists(one =>
        (string)one["verb"]!["id"]! == "http://adlnet.gov/expapi/verbs/voided"
        && (string?)one["object"]!["id"] == (string)statement["id"]!);

    private bool IsKnown(JsonObject statement) =>
        statements.Exists(one => (string)one["id"]! == (string)statement["id"]!);

    private void Keep(JsonObject statement)
    {
        JsonObject kept = (JsonObject)statement.DeepClone();
        kept["stored"] = now.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        kept["authority"] = new JsonObject { ["mbox"] = "mailto:lrs@other.example" };
        kept["version"] = "1.0.3";
        statements.Add(kept);
    }

    private static DateTimeOffset Stored(JsonObject statement) =>
        DateTimeOffset.Parse((string)statement["stored"]!, CultureInfo.InvariantCulture);
}
