using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ledger.Devnet;

namespace Ledger.EndToEnd.Tests.Support;

/// <summary>Statements as a learning tool would send them, and a client of a learning record store.</summary>
public static class Statements
{
    public const string Viewed = "http://id.tincanapi.com/verb/viewed";
    public const string Answered = "http://adlnet.gov/expapi/verbs/answered";
    public const string HomePage = "https://moodle.north.example";

    /// <summary>The account as the node keeps it.</summary>
    public static string ActorKey(string account) => HomePage + "|" + account;

    public static string Statement(Guid id, string account, string verb, int page) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"id":"{{{id:D}}}","timestamp":"2026-01-15T09:{{{page % 60:D2}}}:00Z",
         "actor":{"account":{"homePage":"{{{HomePage}}}","name":"{{{account}}}"}},
         "verb":{"id":"{{{verb}}}"},
         "object":{"id":"{{{HomePage}}}/mod/page/view.php?id={{{page}}}"}}
        """);

    /// <summary>A statement of an event in a course.</summary>
    public static string InCourse(Guid id, string account, string verb, string course, string time) => $$$"""
        {"id":"{{{id:D}}}","timestamp":"{{{time}}}",
         "actor":{"account":{"homePage":"{{{HomePage}}}","name":"{{{account}}}"}},
         "verb":{"id":"{{{verb}}}"},
         "object":{"id":"{{{HomePage}}}/mod/quiz/view.php?id=1"},
         "context":{"contextActivities":{"grouping":[{"id":"{{{course}}}"}] } } }
        """;

    /// <summary>A client with the name and password of a node's store.</summary>
    public static HttpClient ClientOf(DevnetNode node)
    {
        using JsonDocument credentials = JsonDocument.Parse(File.ReadAllBytes(node.CredentialsFile));
        string pair = credentials.RootElement.GetProperty("key").GetString() + ":"
            + credentials.RootElement.GetProperty("secret").GetString();
        HttpClient http = new() { BaseAddress = new Uri("http://" + node.Lrs) };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        return http;
    }

    public static async Task<HttpResponseMessage> PostAsync(DevnetNode node, string json)
    {
        using HttpClient http = ClientOf(node);
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        return await http.PostAsync("/xAPI/statements", content);
    }
}
