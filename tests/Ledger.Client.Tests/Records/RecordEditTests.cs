using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Records;

/// <summary>
/// Every edit of meaning is another commitment, and no edit of spelling is; what a store adds never matters.
/// </summary>
public sealed class RecordEditTests
{
    private const int InSuite = 3_000;
    private const int OnRequest = 100_000;

    [Test]
    public void Edits_of_meaning_differ_and_edits_of_spelling_do_not() => Run(InSuite);

    [Test]
    [Explicit("Takes half a minute: dotnet test … --filter A_hundred_thousand_edits")]
    public void A_hundred_thousand_edits_of_each_kind_are_told_apart() => Run(OnRequest);

    private static void Run(int count)
    {
        Random random = new(20240501);
        (int Meaning, int Taken, int Spelling, int Refused) found = default;
        for (int number = 0; found.Meaning < count; number++)
        {
            string record = Statement(number, random);
            string other = Statement(number + 1_000_000, random);
            byte[] salt = Salt(number);
            Hash256 commitment = RecordCommitment.Compute(RecordType.XapiStatement, Bytes(record), salt);
            IEnumerable<(string Record, byte[] Salt)> edits =
            [
                .. MeaningChanges.Of(record).Select(edited => (edited, salt)),
                .. Removals(record).Select(edited => (edited, salt)),
                (Swapped(record), salt),
                (record, Salt(number + 1)),
                (other, salt),
                (other, Salt(number + 1_000_000)),
            ];
            foreach ((string edited, byte[] editedSalt) in edits)
            {
                found.Meaning++;
                found.Taken += Matches(edited, editedSalt, commitment) ? 1 : 0;
                string respelt = Respelling.Of(WithStoreFields(record, random), random);
                found.Spelling++;
                found.Refused += Matches(respelt, salt, commitment) ? 0 : 1;
            }
        }

        TestContext.Out.WriteLine(
            $"{found.Meaning} edits of meaning, {found.Taken} taken; {found.Spelling} of spelling, "
                + $"{found.Refused} refused");
        Assert.That((found.Taken, found.Refused), Is.EqualTo((0, 0)));
    }

    private static bool Matches(string record, byte[] salt, Hash256 commitment)
    {
        try
        {
            return RecordCommitment.Matches(RecordType.XapiStatement, Bytes(record), salt, commitment);
        }
        catch (RecordFormatException)
        {
            return false;
        }
    }

    private static string Statement(int number, Random random) => new JsonObject
    {
        ["id"] = new Guid(Salt(number)[..16]).ToString("D"),
        ["timestamp"] = "2024-05-01T10:00:00Z",
        ["actor"] = new JsonObject
        {
            ["account"] = new JsonObject
            {
                ["homePage"] = "https://lms.example",
                ["name"] = "student-" + number.ToString(CultureInfo.InvariantCulture),
            },
        },
        ["verb"] = new JsonObject { ["id"] = "http://adlnet.gov/expapi/verbs/answered" },
        ["object"] = new JsonObject { ["id"] = "https://lms.example/q/" + random.Next(100) },
        ["result"] = new JsonObject
        {
            ["success"] = random.Next(2) == 0,
            ["response"] = "été \"" + random.Next(1000) + "\"",
            ["score"] = new JsonObject { ["raw"] = random.Next(100), ["min"] = 0, ["max"] = 100.5 },
        },
        ["context"] = new JsonObject { ["platform"] = "quiz", ["extensions"] = new JsonObject { ["urn:n"] = number } },
    }.ToJsonString();

    private static IEnumerable<string> Removals(string record)
    {
        foreach (string path in new[] { "result", "context", "result/score", "result/score/min", "context/platform" })
        {
            JsonObject parent = JsonNode.Parse(record)!.AsObject();
            JsonNode root = parent;
            string[] names = path.Split('/');
            foreach (string name in names[..^1])
            {
                parent = parent[name]!.AsObject();
            }

            parent.Remove(names[^1]);
            yield return root.ToJsonString();
        }
    }

    // Two values change places: the record holds the same values as before.
    private static string Swapped(string record)
    {
        JsonNode root = JsonNode.Parse(record)!;
        JsonObject score = root["result"]!["score"]!.AsObject();
        (JsonNode min, JsonNode max) = (score["min"]!.DeepClone(), score["max"]!.DeepClone());
        score["min"] = max;
        score["max"] = min;
        return root.ToJsonString();
    }

    private static JsonNode WithStoreFields(string record, Random random)
    {
        JsonObject root = JsonNode.Parse(record)!.AsObject();
        root["stored"] = "2024-05-01T10:00:00." + random.Next(1000).ToString("D3", CultureInfo.InvariantCulture) + "Z";
        root["authority"] = new JsonObject { ["mbox"] = "mailto:lrs@school.example" };
        root["version"] = "1.0." + random.Next(4).ToString(CultureInfo.InvariantCulture);
        return root;
    }

    private static byte[] Salt(int number) => SHA256.HashData(BitConverter.GetBytes(number));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
