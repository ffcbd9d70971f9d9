using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Connect;

/// <summary>The very envelope of docs/connect/caliper.md, with the key as a sensor shows it.</summary>
public sealed partial class CaliperRehearsalTests
{
    [Test]
    public async Task TheEnvelopeOfThePageIsTakenAndItsActionIsTheVerbAsync()
    {
        await using RecordServer server = await RecordServer.StartAsync();
        string page = await File.ReadAllTextAsync(PagePath());
        JsonNode envelope = JsonNode.Parse(EnvelopePattern().Match(page).Groups["json"].Value)!;
        using HttpClient sensor = new() { BaseAddress = server.Address };
        sensor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        HttpResponseMessage answer = await sensor.PostAsync("/caliper/events", RecordServer.Json(envelope));
        StoredRecord record = server.Store.List(new RecordQuery(
            RecordType.CaliperEvent, null, null, null, null, null, Ascending: true, 10)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(record.VerbIri, Is.EqualTo("http://purl.imsglobal.org/vocab/caliper/v1/action#Viewed"));
            Assert.That(record.ActorKey, Is.EqualTo("caliper|https://tool.north.example/users/8"));
        });
    }

    private static string PagePath([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", "connect", "caliper.md");

    [GeneratedRegex("""-d '\s*(?<json>\{.*?\}\]\})'""", RegexOptions.Singleline)]
    private static partial Regex EnvelopePattern();
}
