using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>OpenLRW's log-in and its list of events, the latest first; a token is good for a few requests.</summary>
internal sealed class FakeOpenLrw
{
    private const int RequestsOfToken = 3;
    private const string Raw = "raw";

    private readonly Lock gate = new();
    private readonly List<JsonObject> events = [];
    private int tokens;
    private int left;

    /// <summary>Called when a page is asked for, before it is read.</summary>
    public Action<int>? OnPage { get; set; }

    public int Logins => tokens;

    /// <summary>An event in the shape of Caliper 1.0, in which OpenLRW keeps it.</summary>
    public static JsonObject Event(int number) => new()
    {
        ["@context"] = "http://purl.imsglobal.org/ctx/caliper/v1/Context",
        ["@type"] = "http://purl.imsglobal.org/caliper/v1/Event",
        ["id"] = number.ToString("x32", CultureInfo.InvariantCulture),
        ["actor"] = new JsonObject
        {
            ["@id"] = $"https://example.edu/user/{number % 7}",
            ["@type"] = "http://purl.imsglobal.org/caliper/v1/lis/Person",
        },
        ["action"] = "http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed",
        ["eventTime"] = new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc).AddMinutes(number)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["object"] = new JsonObject
        {
            ["@id"] = "https://example.com/viewer/book/34843#epubcfi(/4/3)",
            ["@type"] = "http://www.idpf.org/epub/vocab/structure/#volume",
            ["name"] = null,
        },
        ["target"] = null,
        ["timeZoneOffset"] = 3600,
    };

    /// <summary>An event that is given as this text, which need not be JSON.</summary>
    public static JsonObject Broken(int number, string text)
    {
        JsonObject one = Event(number);
        one[Raw] = text;
        return one;
    }

    public void Add(params IEnumerable<JsonObject> added)
    {
        lock (gate)
        {
            events.AddRange(added);
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        (int status, string answer) = context.Request.Path.Value switch
        {
            _ when context.Request.Headers["X-Requested-With"] != "XMLHttpRequest" => (400, ""),
            "/api/auth/login" => LogIn(JsonNode.Parse(body)!),
            "/api/events" => Events(context.Request),
            _ => (404, ""),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string Answer) LogIn(JsonNode login)
    {
        lock (gate)
        {
            if ((string?)login["username"] != "node" || (string?)login["password"] != "other-secret")
            {
                return (401, "");
            }

            tokens++;
            left = RequestsOfToken;
            return (200, $$"""{"token":"token-{{tokens}}","refreshToken":"unused"}""");
        }
    }

    private (int Status, string Answer) Events(HttpRequest request)
    {
        int page = int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture);
        OnPage?.Invoke(page);
        lock (gate)
        {
            if (request.Headers.Authorization != $"Bearer token-{tokens}" || left-- == 0)
            {
                return (401, "");
            }

            int limit = int.Parse(request.Query["limit"]!, CultureInfo.InvariantCulture);
            string[] found =
            [
                .. events.OrderByDescending(one => (string)one["eventTime"]!, StringComparer.Ordinal)
                    .Skip(page * limit).Take(limit).Select(one => (string?)one[Raw] ?? one.ToJsonString()),
            ];
            return (200, found.Length == 0 ? "" : $"[{string.Join(',', found)}]");
        }
    }
}
