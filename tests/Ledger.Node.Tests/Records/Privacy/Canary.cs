using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Node.Tests.Records.Privacy;

/// <summary>A learner of whom no trace may be found where nobody looks for learners.</summary>
internal static class Canary
{
    /// <summary>Is in everything that is said of the learner; no spelling of an address changes it.</summary>
    public const string Mark = "canary7f3a";

    public const string Name = "Canary7f3a Lovelace";

    public const string Account = "account-canary7f3a";

    public const string Mailbox = "mailto:canary7f3a@example.org";

    public const string Text = "What canary7f3a wrote in the exam";

    private static readonly string Digest =
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Mailbox)));

    /// <summary>A statement that says as much of the learner as one can.</summary>
    public static JsonObject Statement(int number)
    {
        JsonObject statement = Statements.Statement(number, Account);
        statement["actor"]!["name"] = Name;
        statement["result"] = new JsonObject { ["response"] = Text };
        statement["context"] = new JsonObject
        {
            ["instructor"] = new JsonObject { ["mbox"] = Mailbox, ["name"] = Name },
            ["team"] = new JsonObject { ["objectType"] = "Group", ["mbox_sha1sum"] = Digest },
            ["extensions"] = new JsonObject { [$"https://example.org/{Mark}"] = Text },
        };
        return statement;
    }

    /// <summary>The learner as an agent in a parameter.</summary>
    public static string Agent => Uri.EscapeDataString(
        new JsonObject { ["mbox"] = Mailbox, ["name"] = Name }.ToJsonString());

    /// <summary>A Caliper event of the learner.</summary>
    public static JsonObject Event()
    {
        JsonObject learningEvent = JsonNode.Parse(Statements.Caliper)!.AsObject();
        learningEvent["actor"]!["id"] = $"https://example.edu/users/{Mark}";
        learningEvent["actor"]!["name"] = Name;
        return learningEvent;
    }

    /// <summary>Fails where a text says anything of the learner.</summary>
    public static void RequireNoTrace(string where, string text)
    {
        foreach (string mark in new[] { Mark, Digest })
        {
            int at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            Assert.That(at, Is.Negative, at < 0 ? "" : $"{where} holds: {Around(text, at)}");
        }
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 80)];
}
