using System.Globalization;
using System.Text.Json;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Moving;

/// <summary>
/// A learner's way from one school to the next, by the command line alone, as docs/moving-school.md tells it.
/// </summary>
public sealed class MovingSchoolTests
{
    private const string Verb = Statements.Answered;
    private const int MonthsBefore = 12;
    private const int Months = 24;
    private const int MonthsAtEast = 2;

    private static readonly DateTimeOffset First = new(2024, 9, 2, 9, 0, 0, TimeSpan.Zero);

    private MovingCast cast = null!;

    [OneTimeSetUp]
    public async Task Start() => cast = await MovingCast.StartAsync();

    [OneTimeTearDown]
    public void Stop() => cast?.Dispose();

    [Test]
    public async Task From_the_first_record_to_a_school_that_is_gone_everything_stays_verifiable()
    {
        await OptInAsync();
        await AppointGuardianAsync();
        string request = await AskAsync();
        await GrantAsync(request);
        await RequireReadAsync(MovingCast.East, MovingCast.North, Months, "by the new school, before it teaches");
        await EnrolAtEastAsync();
        await LeaveNorthAsync();
        await CloseNorthAsync();
        await cast.StopAsync(MovingCast.North);
        await RequireReadAsync(MovingCast.East, MovingCast.South, Months, "from the custodian");
        await RequireReadAsync(MovingCast.Alice, MovingCast.South, Months, "by the learner, from the custodian");
        await RequireReadAsync(MovingCast.Alice, MovingCast.East, MonthsAtEast, "by the learner, from the new school");
        await VerifyOfflineAsync();
        await RequireLogAsync();
        await RequireExportAsync();
        NodeLogs.RequireClean(cast.Nodes);
    }

    // North has a year of records before the learner comes; they rest until the learner asks for them.
    private async Task OptInAsync()
    {
        await cast.PostMonthsAsync(MovingCast.North, "alice", First, MonthsBefore);
        await cast.RunAsync(MovingCast.Alice, "learner", "new");
        string key = cast.FileOf("alice.x25519");
        await cast.RunAsync(
            MovingCast.Alice, "key", "new", key, "--kind", "encryption", "--password-file", cast.PasswordFile);
        await cast.RunAsync(MovingCast.Alice, "key", "publish", key);
        await EnrolAsync(MovingCast.Alice, MovingCast.North);
        await cast.RunAsync(
            MovingCast.North, "learner", "pair", Statements.ActorKey("alice"), cast.Learner);
        await cast.RunAsync(MovingCast.Alice, "learner", "earlier", "anchor");
        await cast.PostMonthsAsync(
            MovingCast.North, "alice", First.AddMonths(MonthsBefore), Months - MonthsBefore);
        await cast.AnchoredAsync(MovingCast.North, MovingCast.North, Months);
    }

    private async Task AppointGuardianAsync()
    {
        string file = cast.FileOf("guardian.tx");
        await cast.RunAsync(
            MovingCast.Alice, "learner", "guardian", "appoint", "--guardian", cast.GuardianAddress,
            "--guardian-key", cast.GuardianPublicKey, "--institution", cast.DomainOf(MovingCast.North),
            "--until", DateTimeOffset.UtcNow.AddYears(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "--prepare", file);
        await cast.UndecidedAsync(MovingCast.Guardian, "tx", "sign", file);
        await cast.RunAsync(MovingCast.North, "tx", "sign", file);
    }

    // The members agree on a policy in plain words; East asks under it, and says what for.
    private async Task<string> AskAsync()
    {
        string template = cast.FileOf("admission.json");
        await File.WriteAllTextAsync(template, """
            {"texts":[{"language":"en","title":"Admission",
                       "text":"The new school reads your records to see what you know, and shows them to nobody."},
                      {"language":"ja","title":"入学","text":"新しい学校は、あなたの学習記録を読み、学びを続けるために使います。"}],
             "rights":{"read":true},"signatories":"POLICY_SIGNATORIES_LEARNER","daysMax":365,"backups":true}
            """);
        await cast.RunAsync(MovingCast.East, "policy", "propose", template);
        await VoteAsync(MovingCast.South, MovingCast.West);
        await cast.RunAsync(
            MovingCast.East, "access", "request", cast.Learner, Verb, "--rights", "read", "--policy", "1",
            "--purpose", "To place you in the right course");
        await cast.RefusedAsync(
            "NO_RIGHT", MovingCast.East, "record", "read", cast.Learner, Verb,
            "--from", cast.DomainOf(MovingCast.North));
        await cast.RefusedAsync(
            "GUARDED", MovingCast.Alice, "access", "grant", Verb, "--to", cast.DomainOf(MovingCast.East),
            "--until", UntilNextYear(), "--policy", "1");
        JsonElement inbox = await cast.RunAsync(
            MovingCast.Guardian, "access", "inbox", "--learner", cast.Learner);
        JsonElement request = inbox.GetProperty("requests").EnumerateArray().Single();
        JsonElement policy = await cast.RunAsync(MovingCast.Guardian, "policy", "show", "1", "--language", "ja");
        Assert.That(policy.ToString(), Does.Contain("入学"));
        return request.GetProperty("request").GetUInt64().ToString(CultureInfo.InvariantCulture);
    }

    private Task GrantAsync(string request) => cast.RunAsync(
        MovingCast.Guardian, "access", "grant", Verb, "--to", cast.DomainOf(MovingCast.East), "--request", request,
        "--policy", "1", "--until", UntilNextYear(), "--learner", cast.Learner);

    // East goes on with the same contracts, by a right of its own to write.
    private async Task EnrolAtEastAsync()
    {
        await EnrolAsync(MovingCast.Guardian, MovingCast.East, "--learner", cast.Learner);
        await cast.RunAsync(MovingCast.East, "learner", "pair", Statements.ActorKey("alice-at-east"), cast.Learner);
        await cast.PostMonthsAsync(MovingCast.East, "alice-at-east", First.AddMonths(Months), MonthsAtEast);
        await cast.AnchoredAsync(MovingCast.East, MovingCast.East, MonthsAtEast);
        await cast.AnchoredAsync(MovingCast.East, MovingCast.North, Months);

        // The learner comes of age: here the guardian says so, where the date would.
        await cast.RunAsync(MovingCast.Guardian, "learner", "guardian", "end", cast.Learner);
    }

    // What North wrote it must serve; what it might do as the current school it may no more.
    private async Task LeaveNorthAsync()
    {
        string north = cast.DomainOf(MovingCast.North);
        await cast.RefusedAsync(
            "CURRENT_INSTITUTION", MovingCast.Alice, "access", "revoke", Verb, "--institution", north);
        await cast.RunAsync(MovingCast.Alice, "learner", "leave", north);
        await AgreeOnCustodyAsync();
        await cast.RunAsync(MovingCast.Alice, "access", "revoke", Verb, "--institution", north);
        await cast.RefusedAsync(
            "NO_RIGHT", MovingCast.North, "record", "read", cast.Learner, Verb, "--from", north);
        await RequireReadAsync(MovingCast.East, MovingCast.North, Months, "though its right is revoked");
    }

    private async Task AgreeOnCustodyAsync()
    {
        string terms = cast.FileOf("terms.txt");
        await File.WriteAllTextAsync(terms, "Ten years, and to the learner for ever.");
        string north = cast.DomainOf(MovingCast.North);
        string south = cast.DomainOf(MovingCast.South);
        JsonElement alone = await cast.UndecidedAsync(MovingCast.North, "custody", "check", "me");
        Assert.That(alone.ToString(), Does.Contain("Nobody has agreed to keep the records"));
        await cast.RunAsync(MovingCast.South, "key", "publish", "--node");
        await cast.RunAsync(
            MovingCast.South, "custody", "plan", "Archive", "--terms-uri", "https://south.example/terms",
            "--terms", terms, "--notice-days", "30");
        await cast.RunAsync(MovingCast.North, "custody", "offer", "me", south, "1");
        await cast.RunAsync(MovingCast.South, "custody", "accept", north, "me", "1", "1");
    }

    private async Task CloseNorthAsync()
    {
        string north = cast.DomainOf(MovingCast.North);
        string file = cast.FileOf("north.custody");
        await cast.RunAsync(MovingCast.South, "institution", "close", north);
        await VoteAsync(MovingCast.East, MovingCast.West);
        await cast.RunAsync(MovingCast.North, "custody", "export", cast.DomainOf(MovingCast.South), "--out", file);
        await cast.RefusedAsync("sealed to this node", MovingCast.East, "custody", "import", file);
        JsonElement taken = await cast.RunAsync(MovingCast.South, "custody", "import", file);
        Assert.That(taken.GetProperty("refused").GetInt32(), Is.Zero, taken.ToString());
        Assert.That(
            taken.GetProperty("ranges").EnumerateArray().Single().GetProperty("kept").GetInt32(),
            Is.EqualTo(Months), taken.ToString());
        await cast.MoveProfileAsync(MovingCast.Alice, MovingCast.East);
    }

    private async Task RequireReadAsync(string reader, string box, int count, string when)
    {
        JsonElement reading = await cast.RunAsync(
            reader, "record", "read", cast.Learner, Verb, "--from", cast.DomainOf(box),
            "--out", cast.FileOf($"{reader}-{box}-{Guid.NewGuid():N}.records"));
        Assert.That(reading.GetProperty("verdict").GetString(), Is.EqualTo("pass"), $"{when}: {reading}");
        Assert.That(reading.GetProperty("records").GetArrayLength(), Is.EqualTo(count), when);
    }

    private async Task VerifyOfflineAsync()
    {
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(cast.FileOf("any"))!, "*.records"))
        {
            JsonElement report = await cast.RunAsync(MovingCast.Alice, "verify", file);
            Assert.That(report.GetProperty("verdict").GetString(), Is.EqualTo("pass"), file);
        }
    }

    // Reads at the school that is gone are told by its custodian.
    private async Task RequireLogAsync()
    {
        JsonElement log = await cast.RunAsync(
            MovingCast.Alice, "access", "log", "--encryption-key", cast.FileOf("alice.x25519"),
            "--key-password-file", cast.PasswordFile);
        Assert.That(log.GetProperty("readsNotShown").GetInt32(), Is.Zero, log.ToString());
        Assert.That(log.GetProperty("reads").GetInt32(), Is.EqualTo(3), "East's, twice at North and once at South");
    }

    // One file of everything, of both schools; the one that is gone is named for what only it could say.
    private async Task RequireExportAsync()
    {
        string file = cast.FileOf("alice.export");
        JsonElement made = await cast.UndecidedAsync(MovingCast.Alice, "learner", "export", "--out", file);
        foreach (JsonElement export in new[] { made, await cast.UndecidedAsync(MovingCast.Alice, "verify", file) })
        {
            Assert.That(export.GetProperty("kind").GetString(), Is.EqualTo("learner-export"), export.ToString());
            Assert.That(export.GetProperty("records").GetInt32(), Is.EqualTo(Months + MonthsAtEast), export.ToString());
            Assert.That(export.GetProperty("readsShown").GetInt32(), Is.EqualTo(3), export.ToString());
            JsonElement[] missing =
            [
                .. export.GetProperty("contents").EnumerateArray().Where(static row =>
                    row.GetProperty("howItIsShown").GetString()!.StartsWith("missing", StringComparison.Ordinal)),
            ];
            Assert.That(missing, Is.Not.Empty, export.ToString());
            Assert.That(
                missing.Select(static row => row.GetProperty("whose").GetString()),
                Is.All.EqualTo(cast.AddressOf(MovingCast.North)), export.ToString());
        }
    }

    private Task EnrolAsync(string by, string school, params string[] more) => cast.RunAsync(
        by,
        [
            "learner", "enrol", "--institution", cast.DomainOf(school),
            "--other-key", Path.Combine(cast.NodeOf(school).Home, "identity.key"),
            "--other-password-file", cast.NodeOf(school).PasswordFile, .. more,
        ]);

    private async Task VoteAsync(params string[] schools)
    {
        JsonElement open = await cast.RunAsync(schools[0], "measure", "list", "--open");
        string number = open.GetProperty("measures").EnumerateArray().Single().GetProperty("number").GetUInt64()
            .ToString(CultureInfo.InvariantCulture);
        foreach (string school in schools)
        {
            await cast.RunAsync(school, "measure", "vote", number, "approve");
        }
    }

    private static string UntilNextYear() =>
        DateTimeOffset.UtcNow.AddDays(300).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
