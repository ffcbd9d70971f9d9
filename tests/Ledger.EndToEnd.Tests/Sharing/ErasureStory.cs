using System.Text.Json;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Faults;
using Ledger.Node.Configuration;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>
/// North erases, by the command line, a record of which East's node took a copy and East was away: the receipt names
/// East as open, and has its word when it is back.
/// </summary>
internal sealed class ErasureStory(TestConsortium consortium, SharingCast cast)
{
    private const string Verb = "http://adlnet.gov/expapi/verbs/attempted";
    private const int Undecided = 5;

    private readonly CommandLineOf commands = new(consortium.ClientHome);

    private string North => cast.North.Node.Key;

    public async Task RunAsync()
    {
        string id = await CopyAsync();
        await CorrectAsync(id);
        await consortium.RunOnlyAsync(0, 1, 3);
        JsonElement dry = await commands.RunAsync(North, "erasure", "record", id, "--dry-run");
        Assert.That(dry.GetProperty("records").GetInt32(), Is.EqualTo(1), dry.ToString());
        JsonElement ordered = await commands.RunAsync(North, "erasure", "record", id);
        string order = ordered.GetProperty("order").GetString()!;
        await Waiting.UntilAsync("North has erased all that it was ordered to", async () =>
            (await commands.TryAsync(North, "erasure", "list")).Code == 0);

        string file = consortium.SpareFolder("erasure.proof");
        (int open, JsonElement away) = await commands.TryAsync(
            North, "erasure", "receipt", order, "--out", file);
        Assert.That(open, Is.EqualTo(Undecided), away.ToString());
        Assert.That(StateOf(away, cast.East), Is.EqualTo("open"), away.ToString());
        Assert.That(StateOf(away, cast.North), Is.EqualTo("acknowledged"), away.ToString());
        Assert.That((await commands.TryAsync(North, "verify", file)).Code, Is.EqualTo(Undecided));

        await consortium.RunOnlyAsync(0, 1, 2, 3);
        JsonElement back = await commands.RunAsync(
            North, "erasure", "receipt", order, "--out", file, "--wait", "60");
        Assert.That(StateOf(back, cast.East), Is.EqualTo("acknowledged"), back.ToString());
        Assert.That(back.ToString(), Does.Contain("reader (3 reads)"));
        JsonElement verified = await commands.RunAsync(North, "verify", file);
        Assert.That(verified.GetProperty("verdict").GetString(), Is.EqualTo("pass"), verified.ToString());
    }

    // North corrects the record; East reads the later word alone, and the earlier one when it asks for that too.
    private async Task CorrectAsync(string id)
    {
        string draft = consortium.SpareFolder("right.json");
        await File.WriteAllTextAsync(draft, """{"object":{"id":"https://north.example/unit/right"}}""");
        JsonElement corrected = await commands.RunAsync(
            North, "record", "correct", "--of", id, "--with", draft);
        await cast.AnchoredAsync(corrected.GetProperty("id").GetString()!);
        JsonElement last = await ReadAsync();
        JsonElement all = await ReadAsync("--with-superseded");

        Assert.That(last.GetProperty("records").GetArrayLength(), Is.EqualTo(1), last.ToString());
        Assert.That(last.GetProperty("records").ToString(), Does.Contain("unit/right"));
        Assert.That(last.GetProperty("superseded").GetArrayLength(), Is.EqualTo(1));
        Assert.That(all.GetProperty("records").GetArrayLength(), Is.EqualTo(2), all.ToString());
    }

    private Task<JsonElement> ReadAsync(params string[] options) => commands.RunAsync(
        cast.East.Node.Key,
        [
            "record", "read", cast.Learner.Address.ToString(), Verb, "--from", cast.North.Address.ToString(),
            .. options,
        ]);

    // East has a grant, and its node keeps a copy.
    private async Task<string> CopyAsync()
    {
        string id = (await cast.PostAsync(Verb, 1)).Single();
        await cast.AnchoredAsync(id);
        await cast.GrantEastAsync(Verb);
        await PublishBoxAsync(cast.North);
        await PublishBoxAsync(cast.East);
        CopiesKept kept = await cast.East.Client.KeepCopiesAsync(
            new CopiesToKeep
            {
                Learner = ByteString.CopyFrom(cast.Learner.Address.ToArray()),
                Box = ByteString.CopyFrom(cast.North.Address.ToArray()),
                Verbs = { Verb },
            },
            CancellationToken.None);
        Assert.That(kept.Added, Is.EqualTo(1));
        return id;
    }

    private Task PublishBoxAsync(Member member)
    {
        ReadyFile ready = LocalConsortium.Ready(member.Node)!;
        return cast.East.DecideAsync(
            [member.Key], Operations.PublishEndpoint(EndpointKind.Box, $"{ready.Api}#sha256={ready.TlsPin}"));
    }

    private static string? StateOf(JsonElement receipt, Member holder) => receipt.GetProperty("holders")
        .EnumerateArray()
        .Single(row => row.GetProperty("holder").GetString() == holder.Address.ToString())
        .GetProperty("state").GetString();
}
